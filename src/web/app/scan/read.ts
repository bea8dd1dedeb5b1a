// QR codes from pictures. The browser's own reader where there is one, jsQR (loaded when first needed) elsewhere.

/** Looks at one picture; resolves with the text of a QR in it, or null. */
export type Reader = (picture: CanvasImageSource, width: number, height: number) => Promise<string | null>;

interface Detector {
  detect(picture: CanvasImageSource): Promise<readonly { readonly rawValue: string }[]>;
}
interface DetectorClass {
  new (options: { formats: readonly string[] }): Detector;
  getSupportedFormats(): Promise<readonly string[]>;
}

async function native(): Promise<Reader | null> {
  const { BarcodeDetector: Native } = globalThis as { BarcodeDetector?: DetectorClass };
  if (Native === undefined) return null;
  const formats = await Native.getSupportedFormats().catch(() => [] as readonly string[]);
  if (!formats.includes('qr_code')) return null;
  const detector = new Native({ formats: ['qr_code'] });
  return async (picture) => (await detector.detect(picture))[0]?.rawValue ?? null;
}

/** The best reader this browser has. */
export async function reader(): Promise<Reader> {
  const own = await native();
  const js = await jsReader();
  return async (picture, width, height) =>
    (await own?.(picture, width, height).catch(() => null)) ?? js(picture, width, height);
}

async function jsReader(): Promise<Reader> {
  const loaded = (await import('jsqr')).default;
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  return async (picture, width, height) => {
    if (context === null || width === 0 || height === 0) return null;
    // A code that fills the picture is found in a small one, a small code only in a big one.
    for (const most of [640, 1280, 320]) {
      const scale = Math.min(1, most / Math.max(width, height));
      canvas.width = Math.round(width * scale);
      canvas.height = Math.round(height * scale);
      context.drawImage(picture, 0, 0, canvas.width, canvas.height);
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      const found = loaded(data, canvas.width, canvas.height);
      if (found !== null && found.data !== '') return found.data;
      if (scale === 1 && most === 640) break;
    }
    return null;
  };
}

/** The text of a QR in a picture file, or null. */
export async function readPicture(file: Blob): Promise<string | null> {
  const picture = await createImageBitmap(file).catch(() => null);
  if (picture === null) return null;
  try {
    return await (await reader())(picture, picture.width, picture.height);
  } finally {
    picture.close();
  }
}
