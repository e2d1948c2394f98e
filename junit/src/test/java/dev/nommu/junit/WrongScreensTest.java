package dev.nommu.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.AddressRange;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.chardevfb.BitField;
import dev.nommu.chardevfb.Blanking;
import dev.nommu.chardevfb.FixedScreenInfo;
import dev.nommu.chardevfb.FrameBufferDevice;
import dev.nommu.chardevfb.FrameBufferDeviceDriver;
import dev.nommu.chardevfb.FrameMemory;
import dev.nommu.chardevfb.PanSteps;
import dev.nommu.chardevfb.PixelFormat;
import dev.nommu.chardevfb.ScreenGeometry;
import dev.nommu.chardevfb.VariableScreenInfo;
import dev.nommu.chardevfb.Visual;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.tck.Clause;
import dev.nommu.tck.Contract;
import dev.nommu.tck.MadeBoard;
import dev.nommu.tck.Subject;
import dev.nommu.tck.Verdict;
import dev.nommu.tck.device.FrameBufferClauses;
import dev.nommu.tck.device.FrameBuffers;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A screen that does one thing wrong breaks exactly the clauses that say so. */
final class WrongScreensTest {
  private static final String PICTURE = "FB-11 Its picture lies in its memory.";
  private static final String START = "FB-11 It is mapped at the address that it reports.";
  private static final String SCREEN =
      "FB-12 Its screen lies in its picture, its colours in a pixel.";
  private static final String READS = "FB-07 Its memory is read to the end.";
  private static final String BLANKS = "FB-08 It can be blanked, or fails with EINVAL.";
  private static final String ASKS = "FB-09 A mode that is only tested changes nothing.";
  private static final String SETS = "FB-09 The mode that it returns is one that it supports.";
  private static final String LARGE = "FB-09 The picture of a mode lies in its memory.";
  private static final String PANS = "FB-10 It can be panned by the steps that it reports.";
  private static final String COLOURS = "FB-14 Each index of a pixel has a colour.";

  /** What a screen says that is wrong, of what the right one says. */
  private static final class Saying extends RightScreen {
    private final Function<FixedScreenInfo, FixedScreenInfo> fixed;

    Saying(FrameMemory memory, Function<FixedScreenInfo, FixedScreenInfo> fixed) {
      super(memory);
      this.fixed = fixed;
    }

    @Override
    public FixedScreenInfo fixed() {
      return fixed.apply(super.fixed());
    }
  }

  private static FixedScreenInfo of(AddressRange range, long lineLength) {
    return new FixedScreenInfo(
        "screen", range, Visual.PSEUDOCOLOR, new PanSteps(0, 1, 0), lineLength);
  }

  private static FrameBufferDevice shortLines(FrameMemory memory) {
    return new Saying(memory, right -> of(right.memory(), RightScreen.SIDE - 1));
  }

  private static FrameBufferDevice elsewhere(FrameMemory memory) {
    return new Saying(
        memory,
        right ->
            of(
                new AddressRange(right.memory().start() + 4096, right.memory().length()),
                right.lineLength()));
  }

  private static FrameBufferDevice longMemory(FrameMemory memory) {
    return new Saying(
        memory,
        right ->
            of(
                new AddressRange(right.memory().start(), 2 * right.memory().length()),
                right.lineLength()));
  }

  private static FrameBufferDevice wideColours(FrameMemory memory) {
    return new RightScreen(memory) {
      @Override
      PixelFormat format() {
        BitField wide = BitField.of(4, 8);
        return PixelFormat.of(8, wide, wide, wide, BitField.NONE);
      }
    };
  }

  private static FrameBufferDevice unblankable(FrameMemory memory) {
    return new RightScreen(memory) {
      @Override
      public void blank(Blanking wanted) {
        throw new IllegalStateException(wanted.name());
      }
    };
  }

  private static FrameBufferDevice hasty(FrameMemory memory) {
    return new RightScreen(memory) {
      private int step = 1;

      @Override
      public VariableScreenInfo checkVar(VariableScreenInfo wanted) {
        step = 2;
        return super.checkVar(wanted);
      }

      @Override
      public FixedScreenInfo fixed() {
        FixedScreenInfo right = super.fixed();
        return new FixedScreenInfo(
            "screen", right.memory(), right.visual(), new PanSteps(0, step, 0), SIDE);
      }
    };
  }

  private static FrameBufferDevice shrinking(FrameMemory memory) {
    return new RightScreen(memory) {
      @Override
      public VariableScreenInfo checkVar(VariableScreenInfo wanted) {
        long height = Math.max(1, wanted.geometry().yres() - 1);
        return wanted.with(new ScreenGeometry(SIDE, height, SIDE, SIDE, 0, 0), format());
      }
    };
  }

  private static FrameBufferDevice boundless(FrameMemory memory) {
    return new RightScreen(memory) {
      @Override
      public VariableScreenInfo checkVar(VariableScreenInfo wanted) {
        return wanted;
      }
    };
  }

  private static FrameBufferDevice fixedInPlace(FrameMemory memory) {
    return new RightScreen(memory) {
      @Override
      public void panDisplay(VariableScreenInfo mode, VariableScreenInfo wanted)
          throws ErrnoException {
        throw new ErrnoException(Errno.EINVAL, "it cannot look there");
      }
    };
  }

  private static FrameBufferDevice fewColours(FrameMemory memory) {
    return new RightScreen(memory) {
      @Override
      public int colourMapLength() {
        return 16;
      }
    };
  }

  /**
   * A wrong screen.
   *
   * @param breaks the clauses, each with a part of what is said of it
   */
  private record Wrong(
      String name, Function<FrameMemory, FrameBufferDevice> maker, Map<String, String> breaks) {}

  private static Stream<Wrong> wrongScreens() {
    return Stream.of(
        new Wrong(
            "its lines are too short",
            WrongScreensTest::shortLines,
            Map.of(PICTURE, "line_length", LARGE, "line_length")),
        new Wrong(
            "it says that it is elsewhere",
            WrongScreensTest::elsewhere,
            Map.of(START, "return the same range from fixed and memory")),
        new Wrong(
            "it says that it has more memory",
            WrongScreensTest::longMemory,
            Map.of(READS, "set smem_len to the size of the memory")),
        new Wrong(
            "its colours are too wide",
            WrongScreensTest::wideColours,
            Map.of(SCREEN, "bits_per_pixel")),
        new Wrong(
            "it throws when it is blanked",
            WrongScreensTest::unblankable,
            Map.of(BLANKS, "IllegalState")),
        new Wrong(
            "it changes when it is asked",
            WrongScreensTest::hasty,
            Map.of(ASKS, "change the device only in setPar")),
        new Wrong(
            "it shrinks each time",
            WrongScreensTest::shrinking,
            Map.of(SETS, "change only unsupported values in checkVar")),
        new Wrong("it takes any mode", WrongScreensTest::boundless, Map.of(LARGE, "smem_len")),
        new Wrong(
            "it says a step and does not pan",
            WrongScreensTest::fixedInPlace,
            Map.of(PANS, "it cannot look there")),
        new Wrong(
            "it has too few colours",
            WrongScreensTest::fewColours,
            Map.of(COLOURS, "return that number from colourMapLength")));
  }

  private static Map<String, String> broken(Function<FrameMemory, FrameBufferDevice> maker)
      throws BoardException {
    Board board = Board.parse("screen.dts", MadeBoard.of(Set.of("test,screen")));
    Subject subject =
        Subject.of(
            FrameBufferDeviceDriver.class,
            FrameBufferDeviceDriver::name,
            () -> new RightScreen.Driver(maker),
            board);
    Contract contract = new Contract("/dev/fb0", subject, FrameBufferClauses.of("/dev/fb0"));
    Map<String, String> broken = new TreeMap<>();
    for (Clause clause : contract.clauses()) {
      if (contract.judge(clause, Profile.DOCUMENT) instanceof Verdict.Broken wrong) {
        broken.put(clause.name(), wrong.describe(clause));
      }
    }
    return broken;
  }

  private static void breaks(Wrong wrong) throws BoardException {
    Map<String, String> broken = broken(wrong.maker());
    assertThat(broken.keySet()).isEqualTo(wrong.breaks().keySet());
    wrong.breaks().forEach((clause, part) -> assertThat(broken.get(clause)).contains(part));
  }

  @TestFactory
  Stream<DynamicTest> wrongScreen_breaksWhatItBreaks() {
    return wrongScreens().map(wrong -> DynamicTest.dynamicTest(wrong.name(), () -> breaks(wrong)));
  }

  @Test
  void screens_areThoseOfTheDriver() throws BoardException {
    String both =
        MadeBoard.of(Set.of("test,screen"))
            .replaceFirst(
                "memory@",
                "chosen { bootargs = \"vfb.vfb_enable=1 vfb.mode_option=64x64-8\"; }; "
                    + "framebuffer@90000000 { compatible = \"simple-framebuffer\";"
                    + " reg = <0x90000000 0x10000>; width = <64>; height = <64>;"
                    + " stride = <256>; format = \"a8r8g8b8\"; }; memory@");
    Subject subject =
        Subject.of(
            FrameBufferDeviceDriver.class,
            FrameBufferDeviceDriver::name,
            () -> new RightScreen.Driver(RightScreen::new),
            Board.parse("screens.dts", both));
    assertThat(FrameBuffers.of(subject)).extracting(Contract::title).containsExactly("/dev/fb1");
  }

  @Test
  void rightScreen_breaksNothing() throws BoardException {
    assertThat(broken(RightScreen::new)).isEmpty();
  }
}
