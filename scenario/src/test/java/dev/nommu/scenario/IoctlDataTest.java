package dev.nommu.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.IoctlArgument.Field;
import dev.nommu.api.IoctlArgument.Notation;
import dev.nommu.api.IoctlArgument.Structure;
import dev.nommu.api.IoctlArgument.Whole;
import dev.nommu.api.IoctlCommand;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Structures in the layout of a 64-bit C compiler, and their form in the recordings. */
class IoctlDataTest {
  private static ByteBuffer memory(IoctlCommand ioctl) {
    return ByteBuffer.allocate(ioctl.argument().size()).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static String written(IoctlCommand ioctl, ByteBuffer memory) throws Exception {
    ScriptedKernel kernel = new ScriptedKernel();
    kernel.answers.put("ioctl", (_, _) -> IoctlData.of(memory.array()).answer(ioctl, 5));
    return kernel.run("ioctl(3, 1)").lines().getFirst().replaceFirst(".*\\) = ", "");
  }

  private static IoctlCommand of(String name) {
    Vocabulary onPath = Vocabulary.onPath();
    return onPath.ioctl(onPath.constant(name).orElseThrow()).orElseThrow();
  }

  @Test
  void memgetinfo_isAsRecordedFor31() throws Exception {
    ByteBuffer info = memory(of("MEMGETINFO")).put(0, (byte) 3).putInt(4, 0xc00);
    info.putInt(8, 1048576).putInt(12, 262144).putInt(16, 1);
    assertThat(written(of("MEMGETINFO"), info))
        .isEqualTo("{type=3, flags=0xc00, size=1048576, erasesize=262144, writesize=1}");
  }

  @Test
  void screenInfo_isAsRecordedFor34() throws Exception {
    ByteBuffer mode = memory(of("FBIOGET_VSCREENINFO"));
    mode.putInt(320).putInt(200).putInt(320).putInt(200).putInt(24, 32);
    assertThat(written(of("FBIOGET_VSCREENINFO"), mode))
        .isEqualTo("{xres=320, yres=200, xres_virtual=320, yres_virtual=200, bits_per_pixel=32}");
    ByteBuffer fix = memory(of("FBIOGET_FSCREENINFO"));
    fix.put("simple".getBytes(StandardCharsets.US_ASCII)).putInt(24, 262144).putInt(48, 1280);
    assertThat(written(of("FBIOGET_FSCREENINFO"), fix))
        .isEqualTo("{id=\"simple\", smem_len=262144, line_length=1280}");
  }

  @Test
  void number_isTheResult() throws Exception {
    ByteBuffer size = memory(of("BLKGETSIZE64")).putLong(0, 4194304);
    assertThat(written(of("BLKGETSIZE64"), size)).isEqualTo("4194304");
  }

  @Test
  void sizes_areThoseOfTheHeaders() {
    assertThat(of("MEMGETINFO").argument().size()).isEqualTo(32);
    assertThat(of("FBIOGET_VSCREENINFO").argument().size()).isEqualTo(160);
    assertThat(of("FBIOGET_FSCREENINFO").argument().size()).isEqualTo(80);
    assertThat(of("MEMGETREGIONINFO").argument().size()).isEqualTo(16);
    assertThat(of("ECCGETSTATS").argument().size()).isEqualTo(16);
  }

  @Test
  void ioctlThatFillsInNothing_hasTheResultOfTheCall() throws Exception {
    assertThat(written(of("MEMERASE"), ByteBuffer.allocate(8))).isEqualTo("5");
    assertThat(Vocabulary.onPath().ioctl(-1)).isEmpty();
  }

  @Test
  void numbers_areWrittenAsTheirNotationSays() throws Exception {
    Structure every =
        Structure.of(
            16,
            new Field("a", 0, Byte.BYTES, Notation.DECIMAL),
            new Field("b", 0, Byte.BYTES, Notation.UNSIGNED),
            new Field("c", 2, Short.BYTES, Notation.HEXADECIMAL),
            Field.u32("d", 4),
            new Field("e", 8, Long.BYTES, Notation.UNSIGNED));
    IoctlCommand ioctl = IoctlCommand.reading("EVERY", 1, every);
    ByteBuffer memory = memory(ioctl).putLong(0, -2).putLong(8, -1);
    assertThat(written(ioctl, memory))
        .isEqualTo("{a=-2, b=254, c=0xffff, d=4294967295, e=18446744073709551615}");
    IoctlCommand flags =
        IoctlCommand.reading("FLAGS", 2, new Whole(Integer.BYTES, Notation.HEXADECIMAL));
    assertThat(written(flags, memory)).isEqualTo("0xfffffffe");
  }
}
