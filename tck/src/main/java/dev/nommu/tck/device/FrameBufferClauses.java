package dev.nommu.tck.device;

import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Page;
import dev.nommu.api.Sharing;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.tck.Clause;
import dev.nommu.tck.Trial;
import dev.nommu.tck.Verdict;
import dev.nommu.tck.device.Control.Words;
import dev.nommu.tck.mapping.Attempt;
import dev.nommu.tck.mapping.Opened;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** The contract of a frame buffer, beyond that of its mappings. */
public final class FrameBufferClauses {
  private static final int PUT_COLOURS = 0x4605;
  private static final int GET_COLOURS = 0x4604;
  private static final int BLANK = 0x4611;
  private static final int LAST_BLANKING = 4;
  private static final int TEST = 2;
  private static final int PIECE = 13;
  private static final int COLOURS_AT = 1024;
  private static final int COLOUR = 0x5a5a;
  private static final int MOST_INDEX_BITS = 8;

  private final String path;

  private FrameBufferClauses(String path) {
    this.path = path;
  }

  /**
   * Returns the rules for a frame buffer.
   *
   * @param path of its node
   */
  public static List<Clause> of(String path) {
    FrameBufferClauses clauses = new FrameBufferClauses(path);
    return List.of(
        Clause.of("FB-11", "Its picture lies in its memory.", clauses::picture),
        Clause.of("FB-11", "It is mapped at the address that it reports.", clauses::start),
        Clause.of(
            "FB-12", "Its screen lies in its picture, its colours in a pixel.", clauses::screen),
        Clause.of("FB-07", "Its memory is read to the end.", clauses::reads),
        Clause.of("FB-08", "It can be blanked, or fails with EINVAL.", clauses::blanks),
        Clause.of("FB-09", "A mode that is only tested changes nothing.", clauses::asks),
        Clause.of("FB-09", "The mode that it returns is one that it supports.", clauses::sets),
        Clause.of("FB-09", "The picture of a mode lies in its memory.", clauses::setsLarge),
        Clause.of("FB-10", "It can be panned by the steps that it reports.", clauses::pans),
        Clause.of("FB-14", "Each index of a pixel has a colour.", clauses::colours));
  }

  private interface Question {
    Verdict of(Control control, ShownScreen screen) throws Exception;
  }

  private Verdict ask(Trial trial, Question question) throws Exception {
    Control control = Control.of(Opened.open(trial, path));
    return question.of(control, ShownScreen.of(control));
  }

  private Verdict broken(Object found, String expected, String remedy) {
    return Verdict.broken(path + ": " + found, expected, remedy);
  }

  private Verdict picture(Trial trial) throws Exception {
    return ask(trial, (control, screen) -> inMemory(screen));
  }

  private Verdict inMemory(ShownScreen screen) {
    return screen.isInMemory()
        ? Verdict.HELD
        : broken(
            screen,
            "line_length of at least xres_virtual pixels, and line_length * yres_virtual bytes at"
                + " most",
            "compute line_length from the pixels of a line, and refuse modes larger than smem_len");
  }

  private Verdict start(Trial trial) throws Exception {
    return ask(
        trial,
        (control, screen) -> {
          Attempt attempt = control.file().map(PROT_READ, Sharing.SHARED, 0, Page.SIZE);
          if (!(attempt instanceof Attempt.Mapped mapped)) {
            return Verdict.skipped("it cannot be mapped: " + attempt.told());
          }
          return mapped.address() == screen.start()
              ? Verdict.HELD
              : broken(
                  "%s, and its first page is mapped at 0x%x".formatted(screen, mapped.address()),
                  "smem_start",
                  "return the same range from fixed and memory");
        });
  }

  private Verdict screen(Trial trial) throws Exception {
    return ask(
        trial,
        (control, screen) ->
            screen.isInPicture()
                ? Verdict.HELD
                : broken(
                    screen,
                    "offset and visible size within the virtual size, and no bit of a colour beyond"
                        + " bits_per_pixel",
                    "give the initial mode, or that of checkVar, consistent sizes and fields"));
  }

  private Verdict reads(Trial trial) throws Exception {
    return ask(
        trial,
        (control, screen) -> {
          long last = read(control.file(), screen.length() - 1);
          long behind = read(control.file(), screen.length());
          return last == 1 && behind == 0
              ? Verdict.HELD
              : broken(
                  "%s: reads of %d bytes at its last byte and behind gave %d and %d"
                      .formatted(screen, PIECE, last, behind),
                  "1 and 0",
                  "set smem_len to the size of the memory");
        });
  }

  private static long read(Opened file, long position) throws ErrnoException {
    MemorySegment into = MemorySegment.ofArray(new byte[PIECE]);
    return file.task().pread(file.descriptor(), into, position);
  }

  private Verdict blanks(Trial trial) throws Exception {
    Opened file = Opened.open(trial, path);
    for (int blanking = LAST_BLANKING; blanking >= 0; blanking--) {
      String found = blank(file, blanking);
      if (!found.equals("0") && !found.startsWith(Errno.EINVAL.name())) {
        return broken(
            "the answer to FBIOBLANK %d is %s".formatted(blanking, found),
            "0 or EINVAL",
            "do what the device can in blank, and refuse the rest with EINVAL");
      }
    }
    return Verdict.HELD;
  }

  private static String blank(Opened file, int blanking) {
    try {
      return String.valueOf(file.task().ioctl(file.descriptor(), BLANK, blanking));
    } catch (ErrnoException refused) {
      return refused.describe();
    }
  }

  /** Returns a mode half as high as the current one. */
  private static ShownScreen half(ShownScreen screen) {
    return screen.with(ShownScreen.YRES, screen.get(ShownScreen.YRES) / 2);
  }

  private Verdict asks(Trial trial) throws Exception {
    return ask(
        trial,
        (control, screen) -> {
          half(screen).with(ShownScreen.ACTIVATE, TEST).isTaken(control);
          ShownScreen after = ShownScreen.of(control);
          return after.equals(screen)
              ? Verdict.HELD
              : broken(
                  "%s, and after a mode with FB_ACTIVATE_TEST: %s".formatted(screen, after),
                  "the same",
                  "compute the mode in checkVar, and change the device only in setPar");
        });
  }

  private Verdict sets(Trial trial) throws Exception {
    return ask(
        trial,
        (control, screen) -> {
          if (!half(screen).isTaken(control)) {
            return Verdict.skipped("it refuses to be half as high");
          }
          ShownScreen answered = ShownScreen.of(control);
          ShownScreen again = answered.with(ShownScreen.ACTIVATE, TEST).wished(control);
          return sizes(again).equals(sizes(answered))
              ? Verdict.HELD
              : broken(
                  "%s was set, and a request for that mode returns %s".formatted(answered, again),
                  "the requested mode, as the device supports it",
                  "change only unsupported values in checkVar");
        });
  }

  private static List<Long> sizes(ShownScreen screen) {
    return screen.variable().subList(0, ShownScreen.ACTIVATE);
  }

  private Verdict setsLarge(Trial trial) throws Exception {
    return ask(
        trial,
        (control, screen) -> {
          long lines = screen.length() / Math.max(1, screen.lineLength()) + 1;
          screen.with(ShownScreen.YRES_VIRTUAL, lines).isTaken(control);
          return inMemory(ShownScreen.of(control));
        });
  }

  private Verdict pans(Trial trial) throws Exception {
    return ask(
        trial,
        (control, screen) -> {
          ShownScreen high = higher(control, screen);
          long step = high.panStep();
          if (step == 0 || high.get(ShownScreen.YRES) + step > high.get(ShownScreen.YRES_VIRTUAL)) {
            return Verdict.skipped("it cannot be panned");
          }
          high.with(ShownScreen.YOFFSET, step).pan(control);
          ShownScreen panned = ShownScreen.of(control);
          return panned.get(ShownScreen.YOFFSET) == step && panned.lineLength() == high.lineLength()
              ? Verdict.HELD
              : broken(
                  panned, "yoffset " + step, "show that part in panDisplay, or report a step of 0");
        });
  }

  /** Makes the picture higher than the screen, if possible. */
  private static ShownScreen higher(Control control, ShownScreen screen)
      throws ErrnoException, MemoryFault {
    half(screen).isTaken(control);
    return ShownScreen.of(control);
  }

  private Verdict colours(Trial trial) throws Exception {
    return ask(
        trial,
        (control, screen) -> {
          if (!screen.isPseudocolour() || screen.bitsPerPixel() > MOST_INDEX_BITS) {
            return Verdict.skipped("its pixels are not indices");
          }
          int last = (1 << screen.bitsPerPixel()) - 1;
          long colour = control.page() + COLOURS_AT;
          control.file().task().store(colour, MemorySegment.ofArray(new short[] {COLOUR}));
          control.call(PUT_COLOURS, map(last, colour));
          control.file().task().store(colour, MemorySegment.ofArray(new short[] {0}));
          control.answer(GET_COLOURS, map(last, colour));
          MemorySegment found = MemorySegment.ofArray(new short[1]);
          control.file().task().load(colour, found);
          return found.mismatch(MemorySegment.ofArray(new short[] {COLOUR})) < 0
              ? Verdict.HELD
              : broken(
                  "a colour put at index %d is not returned".formatted(last),
                  "a colour for each of the %d values of a pixel".formatted(last + 1),
                  "return that number from colourMapLength");
        });
  }

  /** Returns the {@code fb_cmap} of one colour whose components have one address. */
  private static Words map(int index, long colour) {
    int low = (int) colour;
    int high = (int) (colour >>> Integer.SIZE);
    return Words.of(index, 1, low, high, low, high, low, high, 0, 0);
  }
}
