// The end of the session, told before it comes, above whatever is open: for want of use one press keeps it; after twelve hours nothing does. Whether it is
// over the server says: this tab may know nothing of what was done in others.
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { serverNow } from '../../api/clock.ts';
import { problemOf } from '../../api/http.ts';
import { useLayer } from '../parts/layers.ts';
import { useWords } from '../parts/words.tsx';
import { lastUse } from '../server/activity.ts';
import { useApi } from '../server/calls.tsx';
import { type Me, useMe } from '../server/me.tsx';
import { type SessionEnd, sessionEnd } from './session-end.ts';
import { FRAME } from './words.ts';

const WARN_MS = 60_000;
/** What cannot be put off is told early enough to finish something. */
const WARN_FINAL_MS = 5 * 60_000;
/** How often the server is asked whether it is over. */
const ASK_MS = 5000;
const PATH = '/v1/operator/me';

/** `onGone`: the session is over as far as anybody here can know. */
export function Idle({ onGone }: { readonly onGone: () => void }) {
  const t = useWords(FRAME);
  const cache = useQueryClient();
  const api = useApi();
  const me = useMe();
  const said = useRef({ idleSeconds: me.idleSeconds, at: Date.now() });
  const [left, setLeft] = useState<SessionEnd & { readonly ms: number }>({ at: 0, ms: Infinity, isFinal: false });
  const [isKnown, setKnown] = useState(false);
  useEffect(() => {
    let askedAt = 0;
    const stop = cache.getQueryCache().subscribe(({ type, query }) => {
      const { data, dataUpdatedAt: at } = query.state as { readonly data: unknown; readonly dataUpdatedAt: number };
      const [, path] = query.queryKey as readonly unknown[];
      if (type === 'updated' && path === PATH && data !== undefined && at > said.current.at)
        said.current = { idleSeconds: (data as Me).idleSeconds, at };
    });
    const look = (): void => {
      if (Date.now() - askedAt < ASK_MS) return;
      askedAt = Date.now();
      api.look<Me>(PATH).then(
        ({ idleSeconds }) => {
          said.current = { idleSeconds, at: Date.now() };
        },
        // Nobody to ask, and nothing known that keeps it: what is on the screen is not left to whoever comes by.
        (error: unknown) => problemOf(error).code === 'offline' && onGone(),
      );
    };
    const tick = (): void => {
      const end = sessionEnd({
        idleSeconds: said.current.idleSeconds,
        saidAt: said.current.at,
        idleAfterSeconds: me.idleAfterSeconds,
        usedAt: lastUse(),
        // By the server's time, which may not be this computer's.
        expiresAt: Date.parse(me.expiresAt) + Date.now() - serverNow(),
      });
      const ms = end.at - Date.now();
      setLeft({ ...end, ms });
      if (ms <= 0) look();
    };
    const timer = setInterval(tick, 1000);
    return () => {
      stop();
      clearInterval(timer);
    };
  }, [cache, api, me.idleAfterSeconds, me.expiresAt, onGone]);
  const isNear = left.ms <= (left.isFinal ? WARN_FINAL_MS : WARN_MS);
  const stay = (): void => {
    if (left.isFinal) setKnown(true);
    else void api.get(PATH).catch(() => undefined);
  };
  const layer = useLayer(isNear && !(left.isFinal && isKnown), stay);
  // While it fades after a press it does not tell the new rest.
  const seconds = Math.ceil(Math.min(Math.max(0, left.ms), left.isFinal ? WARN_FINAL_MS : WARN_MS) / 1000);
  return (
    <Modal {...layer} title={t.ending} closeOnClickOutside={false} centered>
      <Stack>
        <Text>{left.isFinal ? t.endsFinally(Math.ceil(seconds / 60)) : t.endsSoon(seconds)}</Text>
        <Group justify="flex-end">
          <Button data-autofocus onClick={stay}>
            {left.isFinal ? t.understood : t.stay}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
