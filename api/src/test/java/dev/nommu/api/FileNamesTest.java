package dev.nommu.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names as bytes and as text, in the manner of PEP 383. */
final class FileNamesTest {
  private static final long SEED = 20261130L;

  /** The texts are those of Python: {@code bytes.fromhex(X).decode('utf-8', 'surrogateescape')}. */
  @ParameterizedTest
  @CsvSource({
    "636166c3a9, caf\u00e9",
    "f09f9880, \ud83d\ude00",
    "636166e9, caf\udce9",
    "ff41fe, \udcffA\udcfe",
    "c0af, \udcc0\udcaf",
    "edb2a9, \udced\udcb2\udca9",
    "e282, \udce2\udc82",
    "e28241, \udce2\udc82A",
    "f0908041, \udcf0\udc90\udc80A",
    "f4908080, \udcf4\udc90\udc80\udc80",
    "80, \udc80",
  })
  void file17_bytesThatAreNotUtf8_areLoneSurrogates(String hex, String text) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    assertThat(FileNames.decode(bytes)).isEqualTo(text);
    assertThat(FileNames.encode(text)).isEqualTo(bytes);
    assertThat(FileNames.length(text)).isEqualTo(bytes.length);
  }

  @Test
  void file17_anyBytes_areKept() {
    Random random = new Random(SEED);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(20)];
      random.nextBytes(bytes);
      assertThat(FileNames.encode(FileNames.decode(bytes))).isEqualTo(bytes);
    }
  }

  @Test
  void surrogatesOfPairs_areNoBytes() {
    String pairs = new String(Character.toChars(0x100e9)) + "\udce9";
    byte[] expected =
        (new String(Character.toChars(0x100e9)) + "?").getBytes(StandardCharsets.UTF_8);
    expected[expected.length - 1] = (byte) 0xe9;
    assertThat(FileNames.encode(pairs)).isEqualTo(expected);
    assertThat(FileNames.decode(expected)).isEqualTo(pairs);
  }

  @Test
  void textForPeople_hasLatin1() {
    assertThat(FileNames.shown("caf\udce9 caf\u00e9")).isEqualTo("caf\u00e9 caf\u00e9");
  }
}
