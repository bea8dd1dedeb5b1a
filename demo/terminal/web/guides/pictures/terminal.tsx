// Drawings of the phone trading app: signing in, the activation code it shows, the code it asks for.
import { Arrow, Button, Code, Countdown, Field, Finger, Halo, Phone, type Scene, Shield, T, Win } from './parts.tsx';
import { QrIcon } from './qr.tsx';

const X = 80;

export function SignInPhone({ t, sms = false }: Scene & { sms?: boolean }) {
  return (
    <Phone x={X} bar={t('signIn')}>
      <Field x={14} y={64} w={120} label={t('account')} text="700001" />
      {sms ? (
        <Field x={14} y={108} w={120} label={t('smsCode')} text="152 149" lit />
      ) : (
        <Field x={14} y={108} w={120} label={t('password')} dots={8} lit />
      )}
      <Button x={14} y={146} w={120} h={26}>
        {t('signIn')}
      </Button>
      <Finger x={108} y={166} />
    </Phone>
  );
}

export function MenuPhone({ t }: Scene) {
  return (
    <Phone x={X}>
      <T x={12} y={33} size={11.5} bold>
        {t('quotes')}
      </T>
      <path class="pic-stroke" d="M122 25h14M122 30h14M122 35h14" />
      <path class="pic-hair" d="M0 43H148" />
      <path class="pic-graph" d="M12 116l18-16 16 8 20-26 18 12 20-22 32 14" />
      <path class="pic-hair" d="M12 132h124M12 152h124M12 172h124" />
      <g transform="translate(34 48)">
        <rect class="pic-shade" x="2" y="3" width="108" height="128" rx="10" />
        <rect class="pic-screen pic-edge" width="108" height="128" rx="10" />
        <T x={12} y={22}>
          {t('settings')}
        </T>
        <path class="pic-hair" d="M8 32h92" />
        <T x={12} y={51} bold>
          {t('trading')}
        </T>
        <path class="pic-stroke" d="M88 45l4 4 4-4" />
        <rect class="pic-tint" x="8" y="60" width="92" height="26" rx="7" />
        <QrIcon x={24} y={73} />
        <T x={38} y={77} size={11} bold tone="accent">
          {t('totp')}
        </T>
        <path class="pic-hair" d="M8 95h92" />
        <T x={12} y={114}>
          {t('about')}
        </T>
        <Halo x={8} y={60} w={92} h={26} />
      </g>
      <Finger x={122} y={128} />
    </Phone>
  );
}

export function CopyPhone({ t }: Scene) {
  return (
    <Phone x={X} bar="TOTP">
      <T x={12} y={60} size={10} tone="soft">
        {t('activation')}
      </T>
      <rect class="pic-card" x="10" y="67" width="128" height="58" rx="8" />
      <T x={18} y={83} size={9} mono>
        otpauth://totp/Star
      </T>
      <T x={18} y={97} size={9} mono>
        :700001?secret=JBSW
      </T>
      <T x={18} y={111} size={9} mono>
        Y3DPEHPK3PXP&issuer…
      </T>
      <Button x={10} y={137} w={128} h={26}>
        {t('copy')}
      </Button>
      <Halo x={10} y={137} w={128} h={26} />
      <Finger x={116} y={156} />
    </Phone>
  );
}

/** Two screens of one phone: the code is read in one app and typed in the other. */
export function CodePhone({ t }: Scene) {
  return (
    <g>
      <g transform="translate(10 26)">
        <rect class="pic-shade" x="4" y="6" width="132" height="96" rx="14" />
        <rect class="pic-screen pic-edge" width="132" height="96" rx="14" />
        <Shield x={11} y={11} size={18} tick />
        <T x={35} y={24} size={10.5} bold>
          {t('authenticator')}
        </T>
        <path class="pic-hair" d="M0 37H132" />
        <T x={12} y={53} size={9.5} tone="soft">
          700001
        </T>
        <Code x={12} y={78} size={18} />
        <Countdown x={115} y={71} r={9.5} />
      </g>
      <Arrow d="M64 132c4 34 34 44 74 42" tip="M130 167l10 7-10 7" />
      <Phone x={150} y={60} bar={t('typeCode')}>
        <Field x={14} y={58} w={120} h={28} text="344 815" lit />
        <Button x={14} y={100} w={120} h={26}>
          {t('verify')}
        </Button>
      </Phone>
    </g>
  );
}

/** The phone sends the person to the computer first. */
export function PhoneCannot({ t }: Scene) {
  return (
    <g>
      <Phone x={10} y={30}>
        <circle class="pic-haze" cx="74" cy="68" r="24" />
        <circle class="pic-markfill" cx="74" cy="68" r="17" />
        <path class="pic-tick" d="M74 59v10m0 6v.5" />
        <T x={74} y={118} size={9.8} bold at="middle">
          {t('desktopFirst')}
        </T>
        <T x={74} y={136} size={10} at="middle" tone="accent" bold>
          {t('useClient')}
        </T>
        <rect class="pic-line" x="34" y="152" width="80" height="6" rx="3" />
        <rect class="pic-line" x="46" y="164" width="56" height="6" rx="3" />
      </Phone>
      <Arrow d="M180 62c26-22 60-20 70 6" tip="M240 61l10 8 7-11" />
      <Win x={196} y={78} w={116} h={104} title={t('useClient')}>
        <rect class="pic-card" x="24" y="8" width="68" height="66" rx="6" />
        <g transform="translate(58 41) scale(2.9)">
          <QrIcon x={0} y={0} />
        </g>
      </Win>
      <path class="pic-case" d="M240 182h28l5 18h-38Z" />
      <rect class="pic-case" x="222" y="198" width="64" height="6" rx="3" />
    </g>
  );
}

export function PhoneListed({ t }: Scene) {
  const row = (y: number, name: string, detail: string, when: string, isNew: boolean) => (
    <g transform={`translate(0 ${y})`}>
      <rect class={isNew ? 'pic-tint' : 'pic-card'} x="14" y="0" width="236" height="46" rx="8" />
      <rect class="pic-stroke" x="28" y="10" width="15" height="26" rx="3.5" />
      <path class="pic-stroke" d="M34 32h3" />
      <T x={60} y={20} size={11.5} bold>
        {name}
      </T>
      <T x={60} y={35} size={9.5} tone="soft">
        {detail}
      </T>
      <T x={240} y={35} size={9.5} tone="soft" at="end">
        {when}
      </T>
      {isNew ? (
        <g>
          <rect class="pic-accentfill" x="210" y="7" width="32" height="15" rx="7.5" />
          <T x={226} y={18} size={9} bold at="middle" tone="on">
            {t('new')}
          </T>
        </g>
      ) : null}
    </g>
  );
  return (
    <Win x={28} y={30} w={264} h={166} title={t('devices')}>
      {row(18, t('thisPhone'), 'EStar X 3.6.21', t('justNow'), true)}
      {row(76, t('otherPhone'), 'EStar X 3.6.21', t('yesterday'), false)}
      <Halo x={14} y={18} w={236} h={46} />
    </Win>
  );
}
