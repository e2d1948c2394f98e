package dev.nommu.scenario;

/** The place that the addresses of a mapping are relative to. */
sealed interface Place {
  /** Returns the number of places that appeared before this one. */
  int order();

  /** Returns the text of an address relative to this place. */
  String label(long address);

  /** Returns the text of an address that is the result of a call. */
  String result(long address);

  /**
   * A named mapping.
   *
   * @param base the address whose text is the name alone
   */
  record Named(int order, String name, long base) implements Place {
    private static final long PAGE_MASK = 4095;

    @Override
    public String label(long address) {
      long offset = address - base;
      String sign = offset < 0 ? "-0x" : "+0x";
      return offset == 0 ? name : name + sign + Long.toHexString(Math.abs(offset));
    }

    @Override
    public String result(long address) {
      long inPage = address & PAGE_MASK;
      return label(address) + (inPage == 0 ? "" : " (unaligned +0x%x)".formatted(inPage));
    }
  }

  /** A mapping in the window of a device, whose addresses are relative to the window. */
  record InWindow(int order, KernelPort.Window window) implements Place {
    @Override
    public String label(long address) {
      return window.name() + "+0x" + Long.toHexString(address - window.start());
    }

    @Override
    public String result(long address) {
      return label(address);
    }
  }
}
