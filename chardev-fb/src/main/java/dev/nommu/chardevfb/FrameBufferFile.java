package dev.nommu.chardevfb;

import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.Consent;
import dev.nommu.api.ControllableFile;
import dev.nommu.api.DelegatingFile;
import dev.nommu.api.DirectlyMappableFile;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.MapRequest;
import dev.nommu.api.Placement;
import dev.nommu.api.Profile;
import dev.nommu.api.ReadableFile;
import dev.nommu.api.UserMemory;
import dev.nommu.api.WritableFile;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * {@code /dev/fbN}, open (rules FB-02 to FB-10 and FB-14).
 *
 * <p>Its {@code get_unmapped_area} is the document's example of an operation that exists and may
 * still decline a request: the core delegates to the device-specific driver and declines if that
 * lacks the operation. Under the profile {@link Profile#LINUX_6_12} the core computes the address
 * itself.
 *
 * @param frameBuffer the open frame buffer
 * @param profile determines the rule of placement
 */
record FrameBufferFile(FrameBuffer frameBuffer, Profile profile)
    implements ReadableFile, WritableFile, DirectlyMappableFile, ControllableFile, DelegatingFile {
  static final int FBIOGET_VSCREENINFO = 0x4600;
  static final int FBIOPUT_VSCREENINFO = 0x4601;
  static final int FBIOGET_FSCREENINFO = 0x4602;
  static final int FBIOGETCMAP = 0x4604;
  static final int FBIOPUTCMAP = 0x4605;
  static final int FBIOPAN_DISPLAY = 0x4606;
  static final int FBIO_CURSOR = 0xc068_4608;
  static final int FBIOGET_CON2FBMAP = 0x460f;
  static final int FBIOPUT_CON2FBMAP = 0x4610;
  static final int FBIOBLANK = 0x4611;

  @Override
  public FrameBufferDevice delegate() {
    return frameBuffer.device();
  }

  @Override
  public Optional<BackingDeviceInfo> backingDeviceInfo() {
    return DriverCall.answer(delegate(), "backingDeviceInfo", delegate()::backingDeviceInfo);
  }

  @Override
  public long read(MemorySegment into, long position) throws ErrnoException {
    return DriverCall.ask(delegate(), "memory", () -> memory().read(into, position));
  }

  @Override
  public long write(MemorySegment from, long position) throws ErrnoException {
    return DriverCall.ask(delegate(), "memory", () -> memory().write(from, position));
  }

  @Override
  public Placement getUnmappedArea(MapRequest request) throws ErrnoException {
    return profile == Profile.LINUX_6_12
        ? memory().placeByPageNumber(request)
        : DriverCall.ask(delegate(), "getUnmappedArea", () -> delegate().getUnmappedArea(request));
  }

  @Override
  public Consent mmap(MapRequest request, long address) throws ErrnoException {
    return DriverCall.ask(delegate(), "mmap", () -> delegate().mmap(request, address));
  }

  /**
   * Carries out a command of rule FB-08. No console runs on a frame buffer, so mapping one to it
   * succeeds and does nothing, as in a kernel without {@code fbcon}.
   *
   * @throws ErrnoException ENOTTY if the command is unknown; EFAULT; EINVAL for FBIO_CURSOR, which
   *     no device has; the errors of the command's rule
   */
  @Override
  public long ioctl(int command, long argument, UserMemory memory) throws ErrnoException {
    switch (command) {
      case FBIOGET_VSCREENINFO -> writeMode(frameBuffer.mode(), argument, memory);
      case FBIOPUT_VSCREENINFO ->
          writeMode(frameBuffer.setMode(readMode(argument, memory)), argument, memory);
      case FBIOGET_FSCREENINFO ->
          frameBuffer.fixed().write(memory.at(argument, FixedScreenInfo.SIZE));
      case FBIOGETCMAP -> frameBuffer.getColours(readColourMap(argument, memory), memory);
      case FBIOPUTCMAP -> frameBuffer.setColours(readColourMap(argument, memory), memory);
      case FBIOPAN_DISPLAY -> frameBuffer.pan(readMode(argument, memory));
      case FBIOBLANK -> frameBuffer.blank(argument);
      case FBIOGET_CON2FBMAP, FBIOPUT_CON2FBMAP -> {}
      case FBIO_CURSOR -> throw failed(Errno.EINVAL, command, "the device has no cursor");
      default -> throw failed(Errno.ENOTTY, command, "unknown command");
    }
    return 0;
  }

  private FrameMemory memory() {
    return frameBuffer.memory();
  }

  private static VariableScreenInfo readMode(long address, UserMemory memory)
      throws ErrnoException {
    return VariableScreenInfo.read(memory.at(address, VariableScreenInfo.SIZE));
  }

  private static void writeMode(VariableScreenInfo mode, long address, UserMemory memory)
      throws ErrnoException {
    mode.write(memory.at(address, VariableScreenInfo.SIZE));
  }

  private static ColourMapRequest readColourMap(long address, UserMemory memory)
      throws ErrnoException {
    return ColourMapRequest.read(memory.at(address, ColourMapRequest.SIZE));
  }

  private static ErrnoException failed(Errno errno, int command, String why) {
    return new ErrnoException(errno, "frame buffer: ioctl 0x%x: %s".formatted(command, why));
  }
}
