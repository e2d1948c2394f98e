package dev.nommu.conformance;

import dev.nommu.api.AddressRange;
import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.Consent;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import dev.nommu.api.MapRequest;
import dev.nommu.api.Placement;
import dev.nommu.chardevfb.BitField;
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

/**
 * A device-specific driver for tests, below the core of the frame buffers: a screen of 64x64 pixels
 * that answers as {@link AnsweringDriver}'s device.
 */
public final class AnsweringScreenDriver implements FrameBufferDeviceDriver {
  private static final int SIDE = 64;
  private static final int BYTES_PER_PIXEL = 4;

  @Override
  public String name() {
    return "answering-screen";
  }

  @Override
  public Set<String> compatible() {
    return Set.of("test,answering-screen");
  }

  @Override
  public FrameBufferDevice probe(FirmwareNode node, DeviceContext context) throws ErrnoException {
    AddressRange range = node.reg().getFirst();
    FrameMemory memory = new FrameMemory(range, context.claimMemory(range));
    return new AnsweringScreen(
        memory, Answer.of(node), AnsweringDriver.copies(node), CallLog.in(context));
  }

  private record AnsweringScreen(
      FrameMemory memory, Answer answer, Optional<BackingDeviceInfo> backingDeviceInfo, CallLog log)
      implements FrameBufferDevice {
    @Override
    public FixedScreenInfo fixed() {
      return new FixedScreenInfo(
          "answering", memory.range(), Visual.TRUECOLOR, PanSteps.NONE, SIDE * BYTES_PER_PIXEL);
    }

    @Override
    public VariableScreenInfo initialMode() {
      PixelFormat format =
          PixelFormat.of(
              BYTES_PER_PIXEL * Byte.SIZE,
              BitField.of(16, 8),
              BitField.of(8, 8),
              BitField.of(0, 8),
              BitField.NONE);
      return VariableScreenInfo.of(ScreenGeometry.of(SIDE, SIDE), format);
    }

    @Override
    public int colourMapLength() {
      return 0;
    }

    @Override
    public Placement getUnmappedArea(MapRequest request) throws ErrnoException {
      log.add("getUnmappedArea");
      return answer.to(request, memory.range());
    }

    @Override
    public Consent mmap(MapRequest request, long address) throws ErrnoException {
      memory.consent(request, address);
      return log.consent();
    }
  }
}
