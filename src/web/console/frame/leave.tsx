// The question before what is half filled in is lost.
import { Text } from '@mantine/core';
import { useEffect } from 'react';
import { Confirm } from '../parts/confirm.tsx';
import { useWords } from '../parts/words.tsx';
import { useLeaving } from '../server/unsaved.ts';
import { FRAME } from './words.ts';

export function Leave() {
  const t = useWords(FRAME);
  const { isAsking, go, stay } = useLeaving();
  // Whoever signs in next was not asked.
  useEffect(() => stay, []);
  return (
    <Confirm opened={isAsking} title={t.leave} no={t.keep} yes={t.discard} isDangerous onYes={go} onClose={stay}>
      <Text size="sm">{t.leaveSays}</Text>
    </Confirm>
  );
}
