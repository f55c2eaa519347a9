import type { Attachment } from '@harmonium/api/attachment';
import { Show } from 'solid-js';
import { Picture } from './picture.tsx';
import { Tiles } from './tiles.tsx';

interface PicturesProps {
  channelId: string;
  pictures: readonly Attachment[];
  onOpen: (at: number) => void;
}

/** The pictures of a message. */
export function Pictures(props: PicturesProps) {
  return (
    <Tiles extents={props.pictures}>
      {(at) => (
        <Show when={props.pictures[at]}>
          {(picture) => (
            <Picture
              channelId={props.channelId}
              attachment={picture()}
              onOpen={() => props.onOpen(at)}
            />
          )}
        </Show>
      )}
    </Tiles>
  );
}
