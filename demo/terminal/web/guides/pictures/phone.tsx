// Drawings of phone screens: the authenticator before and while the account is added.
import { Button, Field, Finger, Halo, Phone, type Scene, Shield, T } from './parts.tsx';
import type { LabelKey } from './words.ts';

const X = 80;

function Search({ text }: { text: string }) {
  return (
    <>
      <rect class="pic-field" x="10" y="50" width="128" height="22" rx="11" />
      <circle class="pic-stroke" cx="22" cy="60" r="4" />
      <path class="pic-stroke" d="M25 63l3.5 3.5" />
      <T x={33} y={64.5} size={text.length > 16 ? 8.5 : 10}>
        {text}
      </T>
    </>
  );
}

/** The app store with one find. */
export function Store({ t, name }: Scene & { name: 'microsoft' | 'google' }) {
  return (
    <Phone x={X} bar={t('store')}>
      <Search text={t(name)} />
      <rect class="pic-card" x="10" y="82" width="128" height="92" rx="10" />
      <rect class="pic-tint" x="20" y="92" width="34" height="34" rx="9" />
      <Shield x={26} y={97.5} size={22} />
      <T x={60} y={104} size={9} bold>
        {t(name).split(' ')[0]}
      </T>
      <T x={60} y={115.5} size={9} bold>
        {t(name).split(' ')[1]}
      </T>
      <T x={60} y={127} size={8.5} tone="soft">
        {t('free')}
      </T>
      <Button x={20} y={138} w={108}>
        {t('get')}
      </Button>
      <Halo x={20} y={138} w={108} />
      <Finger x={112} y={156} />
    </Phone>
  );
}

/** The mini-program found by its name. Its own words stay as its makers wrote them. */
export function MiniProgram({ t }: Scene) {
  return (
    <Phone x={X} bar={t('wechat')}>
      <Search text={t('tencent')} />
      <rect class="pic-card" x="10" y="82" width="128" height="92" rx="10" />
      <circle class="pic-tint" cx="35" cy="109" r="16" />
      <Shield x={25} y={98.5} size={20} tick />
      <T x={57} y={107} size={10.5} bold>
        {t('tencent')}
      </T>
      <T x={57} y={120.5} size={9} tone="soft">
        {t('miniProgram')}
      </T>
      <Button x={20} y={138} w={108}>
        {t('open')}
      </Button>
      <Halo x={20} y={138} w={108} />
      <Finger x={112} y={156} />
    </Phone>
  );
}

export function TencentHome({ t }: Scene) {
  return (
    <Phone x={X} bar={t('tencent')}>
      <circle class="pic-tint" cx="74" cy="80" r="27" />
      <Shield x={55} y={61} size={38} tick />
      <Button x={20} y={122} w={108} h={26}>
        {t('tencentScan')}
      </Button>
      <Halo x={20} y={122} w={108} h={26} />
      <Button x={20} y={163} w={108} h={26} quiet>
        {t('tencentType')}
      </Button>
      <Finger x={114} y={142} />
    </Phone>
  );
}

export function MicrosoftAdd({ t }: Scene) {
  const kinds: readonly LabelKey[] = ['personal', 'work', 'other'];
  return (
    <Phone x={X} bar={t('addAccount')}>
      {kinds.map((kind, i) => (
        <g key={kind} transform={`translate(0 ${50 + i * 44})`}>
          <rect class="pic-card" x="10" y="0" width="128" height="36" rx="8" />
          <circle class="pic-tint" cx="29" cy="18" r="10" />
          <circle class="pic-accentfill" cx="29" cy="15" r="3.2" />
          <path class="pic-accentfill" d="M22.8 24a6.3 5 0 0 1 12.4 0Z" />
          <T x={46} y={21.8} size={10} bold={kind === 'other'}>
            {t(kind)}
          </T>
        </g>
      ))}
      <Halo x={10} y={138} w={128} h={36} />
      <Finger x={122} y={162} />
    </Phone>
  );
}

export function GoogleAdd({ t }: Scene) {
  return (
    <Phone x={X} bar={t('authenticator')}>
      <T x={74} y={60} size={10} at="middle" tone="soft">
        344 815 · 349 013
      </T>
      <Button x={22} y={76} w={116} h={26}>
        {t('googleScan')}
      </Button>
      <Halo x={22} y={76} w={116} h={26} />
      <Button x={22} y={136} w={116} h={26} quiet>
        {t('googleType')}
      </Button>
      <rect class="pic-accentfill" x="112" y="170" width="26" height="26" rx="9" />
      <path class="pic-tick" d="M120 183h10m-5-5v10" />
      <Finger x={122} y={94} />
    </Phone>
  );
}

/** The authenticator's form for adding by hand: what a phone uses that cannot scan itself. */
export function PasteKey({ t }: Scene) {
  return (
    <Phone x={X} bar={t('addAccount')}>
      <Field x={12} y={64} w={124} label={t('entryName')} text="700001" />
      <Field x={12} y={106} w={124} label={t('entryKey')} text="JBSW Y3DP EH" lit />
      <g transform="translate(66 132)">
        <path
          class="pic-inkfill"
          d="M24 0l-5 6H7a6 6 0 0 0-6 6v10a6 6 0 0 0 6 6h42a6 6 0 0 0 6-6V12a6 6 0 0 0-6-6H29Z"
        />
        <T x={28} y={21} size={10} bold at="middle" tone="on">
          {t('paste')}
        </T>
      </g>
      <Button x={12} y={176} w={124} quiet>
        {t('add')}
      </Button>
      <Finger x={121} y={155} />
    </Phone>
  );
}

export function Done({ t }: Scene) {
  return (
    <g>
      <circle class="pic-screen" cx="160" cy="98" r="66" />
      <circle class="pic-tint" cx="160" cy="98" r="54" />
      <Shield x={122} y={58} size={76} tick />
      <rect class="pic-screen pic-edge" x="112" y="176" width="96" height="28" rx="14" />
      <circle class="pic-goodfill" cx="130" cy="190" r="4" />
      <T x={141} y={194.2} size={12} bold>
        {t('linked')}
      </T>
      <path class="pic-spark" d="M70 62v14m-7-7h14M252 44v12m-6-6h12M262 136v10m-5-5h10M60 142v10m-5-5h10" />
    </g>
  );
}
