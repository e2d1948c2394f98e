package dev.nommu.chardevfb;

import static dev.nommu.api.IoctlCommand.named;
import static dev.nommu.api.IoctlCommand.reading;

import dev.nommu.api.IoctlArgument.Field;
import dev.nommu.api.IoctlArgument.Structure;
import dev.nommu.api.IoctlCommand;
import dev.nommu.api.UapiHeader;
import java.util.List;
import java.util.Map;

/** The ioctls of frame buffers by name, including those that no device here supports. */
public final class FrameBufferHeader implements UapiHeader {
  private static final Structure FB_VAR_SCREENINFO =
      Structure.of(
          160,
          Field.u32("xres", 0),
          Field.u32("yres", 4),
          Field.u32("xres_virtual", 8),
          Field.u32("yres_virtual", 12),
          Field.u32("bits_per_pixel", 24));
  private static final Structure FB_FIX_SCREENINFO =
      Structure.of(
          80, Field.text("id", 0, 16), Field.u32("smem_len", 24), Field.u32("line_length", 48));

  /** Creates the header. */
  public FrameBufferHeader() {}

  @Override
  public String name() {
    return "linux/fb.h";
  }

  @Override
  public Map<String, Long> constants() {
    return Map.of(
        "FB_BLANK_UNBLANK", 0L,
        "FB_BLANK_NORMAL", 1L,
        "FB_BLANK_VSYNC_SUSPEND", 2L,
        "FB_BLANK_HSYNC_SUSPEND", 3L,
        "FB_BLANK_POWERDOWN", 4L);
  }

  @Override
  public List<IoctlCommand> ioctls() {
    return List.of(
        reading("FBIOGET_VSCREENINFO", FrameBufferFile.FBIOGET_VSCREENINFO, FB_VAR_SCREENINFO),
        named("FBIOPUT_VSCREENINFO", FrameBufferFile.FBIOPUT_VSCREENINFO),
        reading("FBIOGET_FSCREENINFO", FrameBufferFile.FBIOGET_FSCREENINFO, FB_FIX_SCREENINFO),
        named("FBIOGETCMAP", FrameBufferFile.FBIOGETCMAP),
        named("FBIOPUTCMAP", FrameBufferFile.FBIOPUTCMAP),
        named("FBIOPAN_DISPLAY", FrameBufferFile.FBIOPAN_DISPLAY),
        named("FBIO_CURSOR", FrameBufferFile.FBIO_CURSOR),
        named("FBIOGET_CON2FBMAP", FrameBufferFile.FBIOGET_CON2FBMAP),
        named("FBIOPUT_CON2FBMAP", FrameBufferFile.FBIOPUT_CON2FBMAP),
        named("FBIOBLANK", FrameBufferFile.FBIOBLANK),
        named("FBIOGET_VBLANK", 0x80204612),
        named("FBIO_ALLOC", 0x4613),
        named("FBIO_FREE", 0x4614),
        named("FBIOGET_GLYPH", 0x4615),
        named("FBIOGET_HWCINFO", 0x4616),
        named("FBIOPUT_MODEINFO", 0x4617),
        named("FBIOGET_DISPINFO", 0x4618),
        named("FBIO_WAITFORVSYNC", 0x40044620));
  }
}
