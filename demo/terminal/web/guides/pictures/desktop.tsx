// Drawings of the desktop clients: signing in, the two places of the QR icon, the QR itself, the first code.
import { Arrow, Button, Code, Countdown, Field, Phone, Pointer, Ring, type Scene, Shield, T, Win } from './parts.tsx';
import { Qr, QrIcon } from './qr.tsx';

export function SignInDesktop({ t, sms = false }: Scene & { sms?: boolean }) {
  return (
    <Win x={52} y={28} w={216} h={172} title={t('signIn')}>
      <Field x={36} y={30} w={144} label={t('account')} text="700001" />
      {sms ? (
        <Field x={36} y={72} w={144} label={t('smsCode')} text="152 149" lit />
      ) : (
        <Field x={36} y={72} w={144} label={t('password')} dots={8} lit />
      )}
      <Button x={36} y={106} w={144} h={26}>
        {t('signIn')}
      </Button>
      <Pointer x={152} y={124} />
    </Win>
  );
}

/** Star 9.5: every account signed in here is a row; its QR icon stands at its right. */
export function Accounts95({ t }: Scene) {
  return (
    <Win x={24} y={26} w={272} h={174} title={t('accounts')}>
      {['700001', '700002', '700004'].map((account, i) => (
        <g key={account} transform={`translate(0 ${12 + i * 45})`}>
          <rect class={i === 0 ? 'pic-tint' : 'pic-card'} x="12" y="0" width="248" height="37" rx="8" />
          <circle class="pic-screen" cx="33" cy="18.5" r="11" />
          <circle class="pic-inkfill" cx="33" cy="15.5" r="3.4" />
          <path class="pic-inkfill" d="M26.5 25a6.5 5 0 0 1 13 0Z" />
          <T x={54} y={22.5} size={12} bold mono>
            {account}
          </T>
          <circle class="pic-goodfill" cx="128" cy="18.5" r="3" />
          <T x={136} y={22.2} size={10} tone="soft">
            {t('on')}
          </T>
          <QrIcon x={238} y={18.5} />
        </g>
      ))}
      <Ring x={238} y={30.5} r={15} />
      <Pointer x={243} y={36} />
    </Win>
  );
}

/** Star 9.3: the main window, the icon in its lower left corner. */
export function Corner93({ t }: Scene) {
  return (
    <Win x={24} y={26} w={272} h={174} title={t('useClient')}>
      <path class="pic-hair" d="M186 0v126M0 126h272M186 62h86" />
      <path class="pic-graph" d="M12 92l22-20 20 10 26-36 22 16 24-28 18 12 30-24" />
      {[16, 30, 44].map((y, i) => (
        <g key={y}>
          <rect class="pic-line" x="196" y={y} width={[34, 28, 38][i]} height="5" rx="2.5" />
          <rect class={i === 1 ? 'pic-markfill' : 'pic-goodfill'} x="244" y={y} width="18" height="5" rx="2.5" />
        </g>
      ))}
      <T x={196} y={80} size={9.5} tone="soft">
        {t('orders')}
      </T>
      <rect class="pic-line" x="196" y="90" width="64" height="5" rx="2.5" />
      <rect class="pic-line" x="196" y="104" width="48" height="5" rx="2.5" />
      <QrIcon x={22} y={138.5} />
      <rect class="pic-line" x="52" y="136" width="42" height="5" rx="2.5" />
      <circle class="pic-goodfill" cx="108" cy="138.5" r="3" />
      <T x={116} y={142} size={9.5} tone="soft">
        {t('on')} 700001
      </T>
      <Ring x={22} y={138.5} r={15} />
      <Pointer x={27} y={144} />
    </Win>
  );
}

export function QrOpens({ t }: Scene) {
  return (
    <Win x={24} y={26} w={272} h={174} title={t('bindTitle')}>
      <Qr x={16} y={18} size={112} />
      <T x={144} y={34} size={10} tone="soft">
        {t('activation')}
      </T>
      <rect class="pic-card" x="142" y="41" width="116" height="40" rx="7" />
      <T x={150} y={58} size={11} mono bold>
        JBSW Y3DP
      </T>
      <T x={150} y={73} size={11} mono bold>
        EHPK 3PXP
      </T>
      <Button x={142} y={92} w={116} h={24} quiet>
        {t('copy')}
      </Button>
    </Win>
  );
}

export function Scan({ t }: Scene) {
  return (
    <g>
      <Win x={14} y={22} w={206} h={146} title={t('bindTitle')}>
        <Qr x={26} y={10} size={104} />
        <rect class="pic-line" x="144" y="20" width="46" height="6" rx="3" />
        <rect class="pic-line" x="144" y="34" width="34" height="6" rx="3" />
      </Win>
      <path class="pic-case" d="M92 168h50l6 20H86Z" />
      <rect class="pic-case" x="72" y="186" width="90" height="7" rx="3.5" />
      <g transform="rotate(6 226 130)">
        <Phone x={160} y={56}>
          <rect class="pic-dim" x="8" y="24" width="132" height="150" rx="8" />
          <Qr x={36} y={62} size={76} />
          <path class="pic-finder" d="M26 68V52h16M106 52h16v16M122 132v16h-16M42 148H26v-16" />
          <path class="pic-beam" d="M22 100h104" />
        </Phone>
      </g>
    </g>
  );
}

export function CodeDesktop({ t }: Scene) {
  return (
    <g>
      <Win x={170} y={18} w={140} h={128} title={t('bindShort')}>
        <T x={14} y={23} size={10} tone="soft">
          {t('typeCode')}
        </T>
        <Field x={14} y={31} w={112} h={28} text="344 815" lit />
        <Button x={14} y={70} w={112} h={24}>
          {t('link')}
        </Button>
      </Win>
      <Phone x={4} y={62}>
        <Shield x={11} y={24} size={18} tick />
        <T x={35} y={37.5} size={10.5} bold>
          {t('authenticator')}
        </T>
        <path class="pic-hair" d="M0 51H148" />
        <T x={12} y={72} size={10} tone="soft">
          700001
        </T>
        <Code x={12} y={98} size={20} />
        <Countdown x={130} y={91} r={9.5} />
      </Phone>
      <Arrow d="M172 178c44 6 66-4 70-24" tip="M233 162l9-9 8 10" />
    </g>
  );
}
