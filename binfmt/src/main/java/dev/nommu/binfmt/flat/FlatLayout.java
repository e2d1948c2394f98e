package dev.nommu.binfmt.flat;

/**
 * Where the parts of a flat image are.
 *
 * @param header what the file says of their sizes
 * @param text the address of the header, which text begins with
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

  /** Returns whether an offset that counts from behind the header is one of the image. */
  boolean contains(long offset) {
    return offset <= codeLength() + header.dataLength() + header.bssLength();
  }

  boolean isText(long offset) {
    return offset < codeLength();
  }

  /** Returns the address of an offset that counts from behind the header. */
  long address(long offset) {
    return isText(offset) ? text + FlatHeader.SIZE + offset : data + (offset - codeLength());
  }

  private long codeLength() {
    return header.textLength() - FlatHeader.SIZE;
  }
}
