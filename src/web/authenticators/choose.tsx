// The list of ways: strongest first, each with what the person recognises it by.
import type { LoginView } from '../api/views.ts';
import { ChoiceList } from '../ui/choice.tsx';
import { StepHeading } from '../ui/heading.tsx';
import { Chip } from '../ui/notice.tsx';
import { methodName } from '../words/methods.ts';
import { type Say, say, useLocale, useSay } from '../words/say.ts';
import { showDay } from '../words/time.ts';
import { VERIFY } from '../words/verify.ts';
import { iconOf } from './look.ts';
import { hintsOf, type Way } from './ways.ts';

interface Props {
  login: LoginView;
  ways: readonly Way[];
  last: string | null;
  onWay: (way: Way) => void;
}

export function Choose({ ways, last, onWay }: Props) {
  const w = useSay(VERIFY);
  const locale = useLocale();
  return (
    <>
      <StepHeading>{w('chooseTitle')}</StepHeading>
      <ChoiceList
        label={w('chooseTitle')}
        choices={ways.map((way) => {
          const retires = way.by.find(({ retiresAt }) => retiresAt !== undefined)?.retiresAt;
          return {
            key: way.key,
            icon: way.kind === 'scan' ? 'qr' : iconOf(way.type),
            name: nameOf(way, w, say(methodName(way.type), locale)),
            text: textOf(way, w),
            chip:
              retires !== undefined ? (
                <Chip tone="warn">{w('retires', { date: showDay(retires, locale) })}</Chip>
              ) : way.key === last ? (
                <Chip>{w('lastUsed')}</Chip>
              ) : null,
            onChoose: () => onWay(way),
          };
        })}
      />
    </>
  );
}

type W = Say<keyof typeof VERIFY>;

function nameOf({ kind, type }: Way, w: W, method: string): string {
  switch (kind) {
    case 'scan':
      return w('wayScan');
    case 'push':
      return w('wayPush');
    case 'recovery':
      return type === 'bypass-code' ? method : w('wayRecovery');
    case 'passkey':
      return method;
    case 'send':
      return type === 'sms' ? w('waySms') : type === 'email' ? w('wayEmail') : method;
    case 'code':
      return type === 'app' ? w('wayCodeApp') : type === 'totp' ? w('wayCodeTotp') : w('wayCode', { method });
  }
}

function textOf(way: Way, w: W): string {
  const { kind, type } = way;
  const where = hintsOf(way);
  switch (kind) {
    case 'scan':
      return w('wayScanText', { where: type === 'wechat' ? w('weChat') : w('theApp') });
    case 'push':
      return w('wayPushText', { where: where || w('theApp') });
    case 'recovery':
      return w(type === 'bypass-code' ? 'bypassLead' : 'wayRecoveryText');
    case 'passkey':
      return where || w('wayPasskeyText');
    case 'send':
      return w('waySendText', { where });
    case 'code':
      return w('wayCodeText', { where: where || w(type === 'app' ? 'theApp' : 'anApp') });
  }
}
