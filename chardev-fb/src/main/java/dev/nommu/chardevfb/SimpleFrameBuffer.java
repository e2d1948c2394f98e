package dev.nommu.chardevfb;

import dev.nommu.api.AddressRange;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import dev.nommu.api.MapRequest;
import dev.nommu.api.Placement;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/**
 * A frame buffer set up before the kernel started: one mode, no operations but mapping, as in
 * Linux's {@code drivers/video/fbdev/simplefb.c}.
 *
 * @param memory the memory of its picture
 * @param fixed from the node
 * @param initialMode from the node
 */
record SimpleFrameBuffer(FrameMemory memory, FixedScreenInfo fixed, VariableScreenInfo initialMode)
    implements FrameBufferDevice {
  private static final String BINDING = "simple-framebuffer.yaml";
  private static final String RESOURCE = "simplefb";

  /**
   * Reads a node and claims the memory that it names.
   *
   * @throws ErrnoException EINVAL if a property is missing or wrong, or the memory is too small for
   *     the picture; EBUSY if the memory is taken
   */
  static SimpleFrameBuffer of(FirmwareNode node, DeviceContext context) throws ErrnoException {
    AddressRange range = range(node, context);
    long stride = positiveCell(node, "stride");
    ScreenGeometry geometry =
        ScreenGeometry.of(positiveCell(node, "width"), positiveCell(node, "height"));
    PixelFormat format = format(node);
    requireFits(node, range, geometry, format, stride);
    return new SimpleFrameBuffer(
        new FrameMemory(range, memory(range, context)),
        new FixedScreenInfo("simple", range, Visual.TRUECOLOR, PanSteps.NONE, stride),
        VariableScreenInfo.of(geometry, format));
  }

  @Override
  public int colourMapLength() {
    return 0;
  }

  @Override
  public Placement getUnmappedArea(MapRequest request) throws ErrnoException {
    return memory.place(request);
  }

  /**
   * A picture may lie in RAM, which cannot be claimed: this is logged, and the RAM is used anyway.
   */
  private static MemorySegment memory(AddressRange range, DeviceContext context)
      throws ErrnoException {
    try {
      return context.claimMemory(RESOURCE, range);
    } catch (ErrnoException refused) {
      if (refused.errno() != Errno.EBUSY) {
        throw refused;
      }
      MemorySegment memory = context.memremap(RESOURCE, range);
      context.warn("cannot claim its memory: " + refused.getMessage());
      return memory;
    }
  }

  /** {@code memory-region} takes precedence over {@code reg}, by the binding. */
  private static AddressRange range(FirmwareNode node, DeviceContext context)
      throws ErrnoException {
    Optional<AddressRange> region = context.reservedMemory(node);
    List<AddressRange> reg = region.isPresent() ? List.of(region.get()) : node.reg();
    if (reg.isEmpty()) {
      throw invalid(node, "reg: expected memory, found neither reg nor a memory-region");
    }
    if (reg.getFirst().length() > 0xffff_ffffL) {
      throw invalid(node, "reg: expected memory of less than 4 GiB, found " + reg);
    }
    return reg.getFirst();
  }

  private static long positiveCell(FirmwareNode node, String property) throws ErrnoException {
    long value = node.cell(property).orElse(0L);
    if (value == 0) {
      throw invalid(node, property + ": expected a cell of 1 or more, found none or 0");
    }
    return value;
  }

  private static PixelFormat format(FirmwareNode node) throws ErrnoException {
    String name = node.string("format").orElseThrow(() -> invalid(node, "format: missing"));
    try {
      return SimpleFormat.named(name).pixels();
    } catch (ErrnoException e) {
      throw new ErrnoException(
          e.errno(), "%s: %s (%s)".formatted(node.path(), e.getMessage(), BINDING), e);
    }
  }

  private static void requireFits(
      FirmwareNode node,
      AddressRange range,
      ScreenGeometry geometry,
      PixelFormat format,
      long stride)
      throws ErrnoException {
    long lineBytes = geometry.xres() * (format.bitsPerPixel() / Byte.SIZE);
    if (lineBytes > stride) {
      throw invalid(
          node, "stride: expected at least %d bytes, found %d".formatted(lineBytes, stride));
    }
    long length = range.length();
    if (geometry.yres() > length / stride) {
      throw invalid(
          node,
          "reg: expected room for %d lines of %d bytes, found %d bytes"
              .formatted(geometry.yres(), stride, length));
    }
  }

  private static ErrnoException invalid(FirmwareNode node, String what) {
    return new ErrnoException(Errno.EINVAL, "%s: %s (%s)".formatted(node.path(), what, BINDING));
  }
}
