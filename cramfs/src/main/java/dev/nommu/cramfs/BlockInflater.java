package dev.nommu.cramfs;

import dev.nommu.api.ErrnoException;
import java.lang.foreign.MemorySegment;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Decompresses blocks, one at a time (rule CRAMFS-18). */
final class BlockInflater implements AutoCloseable {
  private final ImageReader reader;
  private final Inflater inflater = new Inflater();
  private final byte[] stream;
  private final byte[] excess = new byte[1];

  /** The outcome of decompressing a block. */
  sealed interface Outcome {
    /**
     * The stream was decompressed to its end.
     *
     * @param length the number of decompressed bytes
     */
    record Done(int length) implements Outcome {}

    /**
     * The stream could not be decompressed.
     *
     * @param found the fault, for messages
     */
    record Failed(String found) implements Outcome {}
  }

  /** Creates an inflater for blocks of at most this many bytes. */
  BlockInflater(ImageReader reader, int blockSize) {
    this.reader = reader;
    this.stream = new byte[2 * blockSize];
  }

  /**
   * Decompresses a block.
   *
   * @param into receives its bytes; a larger block is refused
   * @throws ErrnoException EIO if the store fails
   */
  Outcome inflate(Block.Deflated block, byte[] into) throws ErrnoException {
    MemorySegment input = MemorySegment.ofArray(stream).asSlice(0, block.length());
    reader.read(input, block.offset(), "compressed block");
    inflater.reset();
    inflater.setInput(stream, 0, block.length());
    try {
      return inflateAll(into);
    } catch (DataFormatException e) {
      return new Outcome.Failed("no zlib stream: " + e.getMessage());
    }
  }

  /** Releases memory outside the heap. */
  @Override
  public void close() {
    inflater.end();
  }

  private Outcome inflateAll(byte[] into) throws DataFormatException {
    int length = 0;
    int step = inflater.inflate(into);
    while (step > 0) {
      length += step;
      step = inflater.inflate(into, length, into.length - length);
    }
    if (length == into.length && inflater.inflate(excess) > 0) {
      return new Outcome.Failed("a zlib stream of more than " + length + " bytes");
    }
    return inflater.finished()
        ? new Outcome.Done(length)
        : new Outcome.Failed("a zlib stream that breaks off after " + length + " bytes");
  }
}
