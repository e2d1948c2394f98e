package dev.nommu.chardevfb;

import dev.nommu.api.DeviceContext;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import java.util.Set;

/**
 * The driver of {@code compatible = "simple-framebuffer"} nodes, screens with one mode: {@code reg}
 * is the memory, {@code width} and {@code height} the size in pixels, {@code stride} the bytes from
 * one line to the next and {@code format} the pixels: r5g6b5, r5g5b5a1, x1r5g5b5, a1r5g5b5, r8g8b8,
 * x8r8g8b8, a8r8g8b8, x8b8g8r8, a8b8g8r8, x2r10g10b10 or a2r10g10b10, named from the highest bit to
 * the lowest.
 */
public final class SimpleFrameBufferDriver implements FrameBufferDeviceDriver {
  /** Called by the core, once for each machine. */
  public SimpleFrameBufferDriver() {}

  /** Returns {@code "simple-framebuffer"}. */
  @Override
  public String name() {
    return "simple-framebuffer";
  }

  /** Returns {@code "simple-framebuffer"}. */
  @Override
  public Set<String> compatible() {
    return Set.of("simple-framebuffer");
  }

  /**
   * Reads a node and claims the memory it names.
   *
   * @throws ErrnoException EINVAL if a property is missing or wrong, or the memory is too small for
   *     the picture; EBUSY if the memory is taken
   */
  @Override
  public FrameBufferDevice probe(FirmwareNode node, DeviceContext context) throws ErrnoException {
    return SimpleFrameBuffer.of(node, context);
  }
}
