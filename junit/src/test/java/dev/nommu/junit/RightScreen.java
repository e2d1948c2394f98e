package dev.nommu.junit;

import dev.nommu.api.AddressRange;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import dev.nommu.api.MapRequest;
import dev.nommu.api.Placement;
import dev.nommu.chardevfb.BitField;
import dev.nommu.chardevfb.Blanking;
import dev.nommu.chardevfb.FixedScreenInfo;
import dev.nommu.chardevfb.FrameBufferDevice;
import dev.nommu.chardevfb.FrameBufferDevice.AdjustableDevice;
import dev.nommu.chardevfb.FrameBufferDevice.BlankableDevice;
import dev.nommu.chardevfb.FrameBufferDevice.PannableDevice;
import dev.nommu.chardevfb.FrameBufferDeviceDriver;
import dev.nommu.chardevfb.FrameMemory;
import dev.nommu.chardevfb.PanSteps;
import dev.nommu.chardevfb.PixelFormat;
import dev.nommu.chardevfb.ScreenGeometry;
import dev.nommu.chardevfb.VariableScreenInfo;
import dev.nommu.chardevfb.Visual;
import java.lang.foreign.MemorySegment;
import java.util.Set;
import java.util.function.Function;

/** A screen of 64x64 indices that does everything right: it can be lower, panned, and blanked. */
class RightScreen implements AdjustableDevice, PannableDevice, BlankableDevice {
  static final int SIDE = 64;
  static final int COLOURS = 256;

  final FrameMemory memory;

  RightScreen(FrameMemory memory) {
    this.memory = memory;
  }

  /** A driver of one such screen. */
  record Driver(Function<FrameMemory, FrameBufferDevice> maker) implements FrameBufferDeviceDriver {
    @Override
    public String name() {
      return "screen";
    }

    @Override
    public Set<String> compatible() {
      return Set.of("test,screen");
    }

    @Override
    public FrameBufferDevice probe(FirmwareNode node, DeviceContext context) throws ErrnoException {
      AddressRange range = node.reg().getFirst();
      MemorySegment bytes = context.claimMemory(range);
      return maker.apply(new FrameMemory(range, bytes));
    }
  }

  @Override
  public FrameMemory memory() {
    return memory;
  }

  @Override
  public FixedScreenInfo fixed() {
    return new FixedScreenInfo(
        "screen", memory.range(), Visual.PSEUDOCOLOR, new PanSteps(0, 1, 0), SIDE);
  }

  @Override
  public VariableScreenInfo initialMode() {
    return VariableScreenInfo.of(ScreenGeometry.of(SIDE, SIDE), format());
  }

  PixelFormat format() {
    BitField index = BitField.of(0, 8);
    return PixelFormat.of(8, index, index, index, BitField.NONE);
  }

  @Override
  public int colourMapLength() {
    return COLOURS;
  }

  @Override
  public Placement getUnmappedArea(MapRequest request) throws ErrnoException {
    return memory.place(request);
  }

  @Override
  public VariableScreenInfo checkVar(VariableScreenInfo wanted) {
    ScreenGeometry shown = wanted.geometry();
    long height = Math.min(shown.yres(), SIDE);
    return wanted.with(new ScreenGeometry(SIDE, height, SIDE, SIDE, 0, 0), format());
  }

  @Override
  public void setPar(VariableScreenInfo mode) {}

  @Override
  public void panDisplay(VariableScreenInfo mode, VariableScreenInfo wanted)
      throws ErrnoException {}

  @Override
  public void blank(Blanking wanted) {}
}
