package dev.nommu.binfmt.flat;

/**
 * The addresses of the parts of a flat image.
 *
 * @param header the file's header, with their sizes
 * @param text the address of the header, the beginning of text
 * @param data the address of data; bss, heap and stack follow
 * @param end the address after the stack
 */
record FlatLayout(FlatHeader header, long text, long data, long end) {
  long bss() {
    return data + header.dataLength();
  }

  long bssEnd() {
    return bss() + header.bssLength();
  }

  /** Returns whether an offset from the end of the header is inside the image. */
  boolean contains(long offset) {
    return offset <= codeLength() + header.dataLength() + header.bssLength();
  }

  boolean isText(long offset) {
    return offset < codeLength();
  }

  /** Returns the address of an offset from the end of the header. */
  long address(long offset) {
    return isText(offset) ? text + FlatHeader.SIZE + offset : data + (offset - codeLength());
  }

  private long codeLength() {
    return header.textLength() - FlatHeader.SIZE;
  }
}
