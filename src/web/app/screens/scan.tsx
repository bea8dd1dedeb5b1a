// The camera. Asked for only after the person was told why; stopped as soon as the screen is left.
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Loading, Notice } from '../../ui/notice.tsx';
import { useSay } from '../../words/say.ts';
import { TopBar } from '../parts/top-bar.tsx';
import { reader } from '../scan/read.ts';
import { go } from '../state/route.ts';
import { ADD } from '../words/add.ts';
import { type Found, NotOurs, usePicture, useScanned } from './add.tsx';

/** How often a picture is looked at. */
const everyMs = 150;

type Camera = 'asking' | 'off' | 'starting' | 'on' | 'none';

/** Where the browser says so, a permission once given is not explained again. */
async function known(): Promise<boolean> {
  try {
    const { state } = await navigator.permissions.query({ name: 'camera' as PermissionName });
    return state === 'granted';
  } catch {
    return false;
  }
}

export function Scan() {
  const w = useSay(ADD);
  const scanned = useScanned();
  const picture = usePicture();
  const video = useRef<HTMLVideoElement>(null);
  const [camera, setCamera] = useState<Camera>('asking');
  const [found, setFound] = useState<Found | null>(null);

  useEffect(() => {
    void known().then((granted) => setCamera(granted ? 'starting' : 'off'));
  }, []);
  const open = camera === 'starting' || camera === 'on';
  useEffect(() => {
    const view = video.current;
    if (!open || found !== null || view === null) return;
    const left = new AbortController();
    const { signal } = left;
    let stream: MediaStream | null = null;
    const look = async (): Promise<void> => {
      const media = navigator.mediaDevices as MediaDevices | undefined;
      if (media === undefined) throw new Error('no camera');
      stream = await media.getUserMedia({
        audio: false,
        video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 960 } },
      });
      if (signal.aborted) return;
      view.srcObject = stream;
      await view.play();
      setCamera('on');
      const read = await reader();
      while (!signal.aborted) {
        const text = await read(view, view.videoWidth, view.videoHeight);
        if (signal.aborted) return;
        if (text !== null) {
          setFound(scanned(text));
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, everyMs));
      }
    };
    const end = (): void => {
      left.abort();
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
    look()
      .catch(() => {
        if (!signal.aborted) setCamera('none');
      })
      .finally(() => {
        if (signal.aborted) end();
      });
    return end;
  }, [open, found]);

  return (
    <>
      <TopBar title={w('scan')} />
      <main id="main" class="screen stack">
        {found === null ? null : <NotOurs meaning={found} />}
        {picture.found === null ? null : <NotOurs meaning={picture.found} />}
        {camera === 'none' ? (
          <Notice tone="bad" title={w('noCamera')}>
            {w('noCameraText')}
          </Notice>
        ) : null}
        {camera === 'off' ? (
          <>
            <p>{w('primer')}</p>
            <Button look="main" wide icon="qr" onClick={() => setCamera('starting')}>
              {w('openCamera')}
            </Button>
          </>
        ) : null}
        {open && found === null ? (
          <div class="camera">
            <video ref={video} playsInline muted aria-label={w('aim')} />
            <div class="camera-frame" aria-hidden="true" />
            <p class="camera-text" role="status">
              {w(camera === 'on' ? 'aim' : 'starting')}
            </p>
          </div>
        ) : null}
        {found === null ? null : (
          <Button look="main" wide icon="qr" onClick={() => setFound(null)}>
            {w('again')}
          </Button>
        )}
        {picture.busy ? <Loading label={w('reading')} lines={1} /> : null}
        <div class="row apart">
          <Button look="link" onClick={picture.choose}>
            {w('picture')}
          </Button>
          <Button look="link" onClick={() => go({ name: 'type' })}>
            {w('type')}
          </Button>
        </div>
        {picture.input}
      </main>
    </>
  );
}
