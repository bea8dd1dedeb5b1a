// Something is finished: a check mark, what it means, and the way on.
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { COMMON } from '../../words/common.ts';
import { useSay } from '../../words/say.ts';

export function Done({
  title,
  text,
  next,
  onNext,
}: {
  title: string;
  text: string;
  next?: string;
  onNext: () => void;
}) {
  const w = useSay(COMMON);
  return (
    <div class="finished">
      <span class="finished-sign">
        <Icon name="check" size={40} />
      </span>
      <div role="status">
        <h2>{title}</h2>
        <p class="soft">{text}</p>
      </div>
      <Button look="main" wide onClick={onNext}>
        {next ?? w('done')}
      </Button>
    </div>
  );
}
