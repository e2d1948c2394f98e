package dev.nommu.conformance;

/** The two devices that answer as their node says. */
enum AnsweringDevice {
  /** A character device with a driver of its own. */
  DEVICE("test,answering", "/dev/answering"),
  /** A frame buffer: the core directs what is asked to its driver. */
  SCREEN("test,answering-screen", "/dev/fb0");

  /** Where its memory is, four pages. */
  static final long START = 0x9000_0000L;

  private final String compatible;
  private final String path;

  AnsweringDevice(String compatible, String path) {
    this.compatible = compatible;
    this.path = path;
  }

  /** Returns the name of its device node. */
  String path() {
    return path;
  }

  /**
   * Returns device tree source.
   *
   * @param copies {@code "copy;"}, or nothing for a device that grants no copies
   */
  String node(Answer answer, String copies) {
    return """
    device@90000000 { compatible = "%s"; reg = <0x90000000 0x4000>; %s %s };
    """
        .formatted(compatible, answer.property(), copies);
  }
}
