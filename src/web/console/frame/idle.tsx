// The last minute before a session ends for want of calls: told, and one press keeps it. The server ends it whatever is shown here.
import { Alert, Button, Group } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useWords } from '../parts/words.tsx';
import { isAway } from '../server/activity.ts';
import { useApi } from '../server/calls.tsx';
import { useMe } from '../server/me.tsx';
import { FRAME } from './words.ts';

const WARN_SECONDS = 60;

export function Idle({ onEnd }: { readonly onEnd: () => void }) {
  const t = useWords(FRAME);
  const { idleSeconds } = useMe();
  const cache = useQueryClient();
  const api = useApi();
  const [left, setLeft] = useState(idleSeconds);
  useEffect(() => {
    let last = Date.now();
    // Whatever was answered to somebody who is here moved the session's end.
    const stop = cache.getQueryCache().subscribe(({ type, query }) => {
      if (type === 'updated' && !isAway()) last = Math.max(last, query.state.dataUpdatedAt);
    });
    const timer = setInterval(() => {
      const rest = Math.ceil(idleSeconds - (Date.now() - last) / 1000);
      setLeft(rest);
      if (rest <= 0) onEnd();
    }, 1000);
    return () => {
      stop();
      clearInterval(timer);
    };
  }, [cache, idleSeconds, onEnd]);
  if (left > WARN_SECONDS) return null;
  return (
    <Alert color="yellow" role="alert" mb="md">
      <Group justify="space-between">
        {t.endsSoon(Math.max(0, left))}
        <Button
          size="xs"
          onClick={() => {
            void cache.refetchQueries({ type: 'active' });
            void api.get('/v1/operator/me');
          }}
        >
          {t.stay}
        </Button>
      </Group>
    </Alert>
  );
}
