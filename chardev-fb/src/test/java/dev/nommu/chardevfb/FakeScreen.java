package dev.nommu.chardevfb;

import dev.nommu.api.AddressRange;
import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.chardevfb.FrameBufferDevice.AdjustableDevice;
import dev.nommu.chardevfb.FrameBufferDevice.BlankableDevice;
import dev.nommu.chardevfb.FrameBufferDevice.PannableDevice;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A device-specific driver with no get_unmapped_area, which grants copies, accepts any mode
 * unchanged, cannot set one 13 pixels wide, pans in steps and records blanking.
 *
 * @param steps the panning steps
 * @param blanked records the blanking levels
 */
record FakeScreen(FrameMemory memory, PanSteps steps, List<Blanking> blanked)
    implements AdjustableDevice, PannableDevice, BlankableDevice {
  static final PixelFormat GREY =
      PixelFormat.of(8, BitField.NONE, BitField.NONE, BitField.NONE, BitField.NONE);

  FakeScreen(PanSteps steps) {
    this(
        new FrameMemory(new AddressRange(0x1000, 0x1000), Arena.ofAuto().allocate(0x1000)),
        steps,
        new ArrayList<>());
  }

  @Override
  public FixedScreenInfo fixed() {
    return new FixedScreenInfo("fake", memory.range(), Visual.TRUECOLOR, steps, 64);
  }

  @Override
  public VariableScreenInfo initialMode() {
    return VariableScreenInfo.of(new ScreenGeometry(16, 16, 64, 64, 0, 0), GREY);
  }

  @Override
  public int colourMapLength() {
    return 0;
  }

  @Override
  public Optional<BackingDeviceInfo> backingDeviceInfo() {
    return Optional.of(BackingDeviceInfo.MEMORY);
  }

  @Override
  public VariableScreenInfo checkVar(VariableScreenInfo wanted) {
    return wanted;
  }

  @Override
  public void setPar(VariableScreenInfo mode) throws ErrnoException {
    if (mode.geometry().xres() == 13) {
      throw new ErrnoException(Errno.EIO, "13 pixels");
    }
  }

  @Override
  public void panDisplay(VariableScreenInfo mode, VariableScreenInfo wanted) {}

  @Override
  public void blank(Blanking wanted) {
    blanked.add(wanted);
  }
}
