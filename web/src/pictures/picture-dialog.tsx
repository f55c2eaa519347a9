import { Match, Switch, createEffect, createResource, createSignal, onCleanup } from 'solid-js';
import { Button } from '../design/button.tsx';
import { DialogActions } from '../design/dialog-actions.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Skeleton } from '../design/skeleton.tsx';
import { FormProblem } from '../login/entry-page.tsx';
import { formProblem } from '../problems.ts';
import { t } from '../strings/pictures.ts';
import { createSubmission } from '../submission.ts';
import { MAX_ZOOM, dragged, kept, squareOf, wholeCrop } from './crop.ts';

/** Every avatar and icon is a square of this many pixels (see IMAGE_SIZE, which would bring zod). */
const SIZE = 256;
const QUALITY = 0.9;
const STEP = 8;

const STEPS: Record<string, { x: number; y: number }> = {
  ArrowLeft: { x: -STEP, y: 0 },
  ArrowRight: { x: STEP, y: 0 },
  ArrowUp: { x: 0, y: -STEP },
  ArrowDown: { x: 0, y: STEP },
};

interface PictureDialogProps {
  file: Blob;
  round: boolean;
  /** Takes a WebP of 256x256 pixels (a PNG where the browser makes no WebP). */
  upload: (picture: Blob) => Promise<void>;
  onClose: () => void;
}

/** A picture is shown as it will look, cut, and sent. */
export function PictureDialog(props: PictureDialogProps) {
  const [picture] = createResource(() =>
    createImageBitmap(props.file).then(
      (bitmap) => ({ bitmap, failed: false }),
      () => ({ bitmap: undefined, failed: true }),
    ),
  );
  onCleanup(() => picture.latest?.bitmap?.close());
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={t('pictures.cutTitle')}
      sentence={t('pictures.cutSentence')}
    >
      <Switch
        fallback={
          <div class="mx-auto w-fit animate-late">
            <Skeleton width={`${SIZE}px`} height={`${SIZE}px`} round={props.round} />
          </div>
        }
      >
        <Match when={picture.latest?.bitmap}>
          {(bitmap) => <Cutting {...props} bitmap={bitmap()} />}
        </Match>
        <Match when={picture.latest?.failed}>
          <FormProblem sentence={t('pictures.unreadable')} />
          <DialogActions>
            <Button look="quiet" onClick={() => props.onClose()}>
              {t('pictures.cancel')}
            </Button>
          </DialogActions>
        </Match>
      </Switch>
    </Dialog>
  );
}

function Cutting(props: PictureDialogProps & { bitmap: ImageBitmap }) {
  const [crop, setCrop] = createSignal(wholeCrop);
  const sending = createSubmission();
  let canvas: HTMLCanvasElement | undefined;

  createEffect(() => {
    const { left, top, side } = squareOf(props.bitmap, crop());
    const pen = canvas?.getContext('2d');
    if (pen === null || pen === undefined) return;
    pen.clearRect(0, 0, SIZE, SIZE);
    pen.imageSmoothingQuality = 'high';
    pen.drawImage(props.bitmap, left, top, side, side, 0, 0, SIZE, SIZE);
  });

  const move = (by: { x: number; y: number }) =>
    setCrop((before) => dragged(props.bitmap, before, by, canvas?.clientWidth ?? SIZE));

  async function send(): Promise<void> {
    const blob = await new Promise<Blob | null>((resolve) => {
      if (canvas === undefined) resolve(null);
      else canvas.toBlob(resolve, 'image/webp', QUALITY);
    });
    if (blob === null) throw new Error('the canvas gave no picture');
    await props.upload(blob);
    props.onClose();
  }

  return (
    <>
      <FormProblem sentence={formProblem(sending.problem())} />
      <canvas
        ref={(element) => (canvas = element)}
        width={SIZE}
        height={SIZE}
        tabIndex={0}
        role="img"
        aria-label={t('pictures.cutLabel')}
        class="mx-auto block size-64 cursor-move touch-none bg-rail ring-1 ring-line"
        classList={{ 'rounded-full': props.round, 'rounded-[64px]': !props.round }}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={(event) => {
          if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
          move({ x: event.movementX, y: event.movementY });
        }}
        onKeyDown={(event) => {
          const by = STEPS[event.key];
          if (by === undefined) return;
          event.preventDefault();
          move(by);
        }}
      />
      <label class="mx-auto mt-5 flex max-w-64 items-center gap-4 text-second">
        {t('pictures.zoom')}
        <input
          type="range"
          min={1}
          max={MAX_ZOOM}
          step={0.01}
          value={crop().zoom}
          class="min-w-0 flex-1 accent-brass"
          onInput={(event) =>
            setCrop(kept(props.bitmap, { ...crop(), zoom: event.currentTarget.valueAsNumber }))
          }
        />
      </label>
      <DialogActions>
        <Button look="bare" disabled={sending.busy()} onClick={() => props.onClose()}>
          {t('pictures.cancel')}
        </Button>
        <Button busy={sending.busy()} onClick={() => void sending.run(send)}>
          {t('pictures.use')}
        </Button>
      </DialogActions>
    </>
  );
}
