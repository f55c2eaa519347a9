import File from 'lucide-solid/icons/file';
import FileArchive from 'lucide-solid/icons/file-archive';
import FileText from 'lucide-solid/icons/file-text';
import Film from 'lucide-solid/icons/film';
import Image from 'lucide-solid/icons/image';
import Music from 'lucide-solid/icons/music';
import { Dynamic } from 'solid-js/web';
import { kindOf } from './file-kind.ts';
import type { FileKind } from './file-kind.ts';

const ICONS = {
  picture: Image,
  film: Film,
  sound: Music,
  text: FileText,
  archive: FileArchive,
  other: File,
} satisfies Record<FileKind, typeof File>;

export function FileIcon(props: { file: { name: string; type: string }; size: number }) {
  return <Dynamic component={ICONS[kindOf(props.file)]} size={props.size} aria-hidden="true" />;
}
