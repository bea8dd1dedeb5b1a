// What happened on the account lately, newest first, with "not you?" at each.
import { useEffect, useState } from 'preact/hooks';
import { useCalls, useTenant } from '../../api/tenant.tsx';
import type { ActivityView, Page } from '../../api/views.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Chip, Notice } from '../../ui/notice.tsx';
import { Problem } from '../../ui/problem.tsx';
import { useTask } from '../../ui/task.ts';
import { methodName } from '../../words/methods.ts';
import { say, useLocale, useSay } from '../../words/say.ts';
import { showWhen } from '../../words/time.ts';
import { Show, useLoad } from '../load.tsx';
import { goTo } from '../route.ts';
import { EVENTS, OTHER_EVENT, SECURITY } from '../words/security.ts';

const TONES = { ok: 'good', failed: 'warn', refused: 'bad' } as const;

export function Activity() {
  const s = useSay(SECURITY);
  const locale = useLocale();
  const calls = useCalls();
  const loaded = useLoad((by) => by.activity());
  const older = useTask();
  const [more, setMore] = useState<readonly Page<ActivityView>[]>([]);
  const [strange, setStrange] = useState<ActivityView>();
  useEffect(() => setMore([]), [loaded.value]);
  return (
    <Show from={loaded} lines={8}>
      {(first) => {
        const items = [first, ...more].flatMap((page) => page.items);
        const next = (more.at(-1) ?? first).next;
        return (
          <section class="panel">
            {items.length === 0 ? (
              <p class="soft empty">{s('activityNone')}</p>
            ) : (
              <ol class="activity">
                {items.map((one) => {
                  const what = say(EVENTS[one.event] ?? OTHER_EVENT, locale);
                  const by = one.type === undefined ? '' : say(methodName(one.type), locale);
                  return (
                    <li key={one.id}>
                      <time class="digits soft" dateTime={one.at}>
                        {showWhen(one.at, locale)}
                      </time>
                      <span class="activity-what">
                        <Chip tone={TONES[one.outcome ?? 'ok']}>{what}</Chip> {by}
                        <span class="soft small activity-where">
                          {[one.client, one.place, one.ip].filter((part) => part !== undefined).join(' · ')}
                        </span>
                      </span>
                      <Button look="link" label={s('notMeOf', { what })} onClick={() => setStrange(one)}>
                        {s('notMe')}
                      </Button>
                    </li>
                  );
                })}
              </ol>
            )}
            {typeof next === 'string' ? (
              <div class="panel-foot">
                <Button
                  look="link"
                  busy={older.busy}
                  onClick={() =>
                    void older
                      .run(() => calls.activity(next))
                      .then((page) => {
                        if (page !== undefined) setMore((pages) => [...pages, page]);
                      })
                  }
                >
                  {s('more')}
                </Button>
              </div>
            ) : null}
            {older.problem === null ? null : <Problem problem={older.problem} />}
            {strange === undefined ? null : <NotMe onClose={() => setStrange(undefined)} />}
          </section>
        );
      }}
    </Show>
  );
}

function NotMe({ onClose }: { onClose: () => void }) {
  const s = useSay(SECURITY);
  const calls = useCalls();
  const { contact, trustDays } = useTenant();
  const task = useTask();
  const [removed, setRemoved] = useState(false);
  return (
    <Dialog title={s('notMeTitle')} onClose={onClose}>
      <p>{s('notMeText')}</p>
      {removed ? <Notice tone="good">{s('notMeDone')}</Notice> : null}
      {task.problem === null ? null : <Problem problem={task.problem} contact={contact} />}
      {trustDays === undefined || removed ? null : (
        <Button
          look="danger"
          wide
          busy={task.busy}
          onClick={() =>
            void task
              .run(async () => {
                await calls.removeTrusted();
                return true;
              })
              .then((done) => setRemoved(done === true))
          }
        >
          {s('notMeTrusted')}
        </Button>
      )}
      <Button
        wide
        onClick={() => {
          onClose();
          goTo('two-step');
        }}
      >
        {s('notMeMethods')}
      </Button>
      <p class="soft">{s('notMeContact', { contact })}</p>
    </Dialog>
  );
}
