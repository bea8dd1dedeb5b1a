// What is asked of a whole tenant, in words: the cohort and whom its rule takes, the phase they come to, until when somebody is let off.
import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import { useDates } from '../parts/dates.ts';
import { useNumbers } from '../parts/numbers.ts';
import { useWords, words } from '../parts/words.tsx';
import { RuleText } from '../rollout/cohort-rule.tsx';
import type { RuleView } from '../rollout/types.ts';
import { hrefOf } from '../server/route.ts';

const ASKED = words({
  cohort: ['分组', '分組', 'Cohort'],
  rule: ['规则', '規則', 'Rule'],
  phase: ['阶段', '階段', 'Phase'],
  'sms-only': ['仅短信', '僅短訊', 'SMS only'],
  coexist: ['并存', '並行', 'Parallel run'],
  'totp-only': ['全面切换', '全面切換', 'Cut over'],
  at: ['生效时间', '生效時間', 'From'],
  takeBack: ['取消此计划的切换', '取消此已計劃的切換', 'Takes this planned switch back'],
  until: ['暂缓至', '暫緩至', 'Let off until'],
  override: ['超出策略上限', '超出政策上限', 'Beyond the limit of the policy'],
  yes: ['是', '是', 'Yes'],
  percent: ['下一批后的比例', '下一批後的比例', 'Share after the next stage'],
  cutover: ['分批切换', '分批切換', 'Cut-over'],
  open: ['查看切换', '查看切換', 'Open the cut-over'],
});

/** Members that say nothing to a person, or are shown elsewhere on the page: the account, a policy's document, and what guards the decision. */
const UNSHOWN: readonly string[] = ['document', 'exempt', 'counted', 'stage', 'affected', 'reason'];

/** A member as a row of a case: its name and value; null: none is shown; undefined: it is no member of these. */
export function useAsked(): (key: string, value: unknown) => readonly [string, ReactNode] | null | undefined {
  const t = useWords(ASKED);
  const dates = useDates();
  const n = useNumbers();
  return (key, value) => {
    if (UNSHOWN.includes(key)) return null;
    switch (key) {
      case 'cohort':
        return [t.cohort, String(value)];
      case 'rule':
        return [t.rule, <RuleText key={key} rule={value as RuleView} />];
      case 'phase':
        return value === 'sms-only' || value === 'coexist' || value === 'totp-only' ? [t.phase, t[value]] : undefined;
      case 'at':
      case 'until':
        return [t[key], dates.at(String(value))];
      case 'override':
      case 'takeBack':
        return value === true ? [t[key], t.yes] : null;
      case 'percent':
        return [t.percent, n.share(Number(value) / 100)];
      case 'cutover':
        return [
          t.cutover,
          <Anchor key={key} size="sm" href={hrefOf(`rollout/cutovers/${encodeURIComponent(String(value))}`)}>
            {t.open}
          </Anchor>,
        ];
      default:
        return undefined;
    }
  };
}
