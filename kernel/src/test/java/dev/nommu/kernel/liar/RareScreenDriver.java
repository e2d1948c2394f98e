package dev.nommu.kernel.liar;

import dev.nommu.api.AddressRange;
import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import dev.nommu.api.MapRequest;
import dev.nommu.api.Placement;
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
import java.util.Optional;
import java.util.Set;

/** Drives a screen that has every operation a frame buffer can have. */
final class RareScreenDriver implements FrameBufferDeviceDriver {
  @Override
  public String name() {
    return "rare-screen";
  }

  @Override
  public Set<String> compatible() {
    return Set.of("test,screen");
  }

  @Override
  public FrameBufferDevice probe(FirmwareNode node, DeviceContext context) throws ErrnoException {
    AddressRange range = node.reg().getFirst();
    return new Screen(new FrameMemory(range, context.claimMemory(range)));
  }

  private record Screen(FrameMemory memory)
      implements FrameBufferDevice.AdjustableDevice,
          FrameBufferDevice.PannableDevice,
          FrameBufferDevice.BlankableDevice {
    @Override
    public FixedScreenInfo fixed() {
      PanSteps steps = new PanSteps(1, 1, 1);
      return new FixedScreenInfo("rare", memory.range(), Visual.TRUECOLOR, steps, 16);
    }

    @Override
    public VariableScreenInfo initialMode() {
      BitField none = BitField.NONE;
      return VariableScreenInfo.of(
          new ScreenGeometry(16, 16, 16, 32, 0, 0), PixelFormat.of(8, none, none, none, none));
    }

    @Override
    public int colourMapLength() {
      return 16;
    }

    @Override
    public Optional<BackingDeviceInfo> backingDeviceInfo() {
      return Optional.of(BackingDeviceInfo.MEMORY);
    }

    @Override
    public Placement getUnmappedArea(MapRequest request) throws ErrnoException {
      return memory.place(request);
    }

    @Override
    public VariableScreenInfo checkVar(VariableScreenInfo wanted) {
      return wanted;
    }

    @Override
    public void setPar(VariableScreenInfo mode) {}

    @Override
    public void panDisplay(VariableScreenInfo mode, VariableScreenInfo wanted) {}

    @Override
    public void blank(Blanking wanted) {}
  }
}
