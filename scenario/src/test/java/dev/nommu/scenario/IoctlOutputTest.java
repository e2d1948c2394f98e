package dev.nommu.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Structures laid out as a C compiler does for 64 bits, and how the recordings show them. */
class IoctlOutputTest {
  private static ByteBuffer memory(IoctlOutput output) {
    return ByteBuffer.allocate(output.size()).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static String written(IoctlOutput output, ByteBuffer memory) throws Exception {
    ScriptedKernel kernel = new ScriptedKernel();
    byte[] bytes = new byte[output.size()];
    memory.get(0, bytes);
    kernel.answers.put("ioctl", (_, _) -> output.answer(bytes));
    return kernel.run("ioctl(3, " + output + ")").lines().getFirst().replaceFirst(".*\\) = ", "");
  }

  private static IoctlOutput of(String request) {
    return IoctlOutput.of(Constants.value(request).orElseThrow()).orElseThrow();
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
    assertThat(of("MEMGETINFO").size()).isEqualTo(32);
    assertThat(of("FBIOGET_VSCREENINFO").size()).isEqualTo(160);
    assertThat(of("FBIOGET_FSCREENINFO").size()).isEqualTo(80);
    assertThat(of("MEMGETREGIONINFO").size()).isEqualTo(16);
    assertThat(of("ECCGETSTATS").size()).isEqualTo(16);
  }

  @Test
  void requestThatFillsInNothing_isUnknown() {
    assertThat(IoctlOutput.of(Constants.value("MEMERASE").orElseThrow())).isEmpty();
    assertThat(IoctlOutput.of(-1)).isEmpty();
  }

  @Test
  void everyOutput_belongsToAConstant() {
    for (IoctlOutput output : IoctlOutput.values()) {
      assertThat(IoctlOutput.of(Constants.value(output.name()).orElseThrow())).contains(output);
    }
  }
}
