package dev.nommu.cli.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.FileKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AccessTest {
  @ParameterizedTest
  @CsvSource({
    "0755, -rwxr-xr-x", "0000, ----------", "0777, -rwxrwxrwx", "4755, -rwsr-xr-x",
    "4644, -rwSr--r--", "2755, -rwxr-sr-x", "2644, -rw-r-Sr--", "1777, -rwxrwxrwt",
    "1644, -rw-r--r-T", "7000, ---S--S--T"
  })
  void letters_areThoseOfLs(String octal, String letters) {
    Access access = new Access(FileKind.REGULAR, Integer.parseInt(octal, 8), 0, 0);
    assertThat(access.letters()).isEqualTo(letters);
  }
}
