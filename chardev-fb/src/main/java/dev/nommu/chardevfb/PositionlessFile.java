package dev.nommu.chardevfb;

import dev.nommu.api.SeekableFile;
import dev.nommu.api.Whence;

/** A file without a position: it stays at 0 (rule FILE-02). */
interface PositionlessFile extends SeekableFile {
  @Override
  default long seek(long position, long offset, Whence whence) {
    return 0;
  }
}
