package dev.nommu.campaign.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secret shared by all members of a campaign. Immutable. */
public final class Secret {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int SHORTEST = 16;

  private final byte[] bytes;

  /**
   * Takes a copy.
   *
   * @throws IllegalArgumentException if it is shorter than 16 bytes and so could be guessed
   */
  Secret(byte[] bytes) {
    if (bytes.length < SHORTEST) {
      throw new IllegalArgumentException(
          "expected a secret of %d bytes or more, found %d".formatted(SHORTEST, bytes.length));
    }
    this.bytes = bytes.clone();
  }

  /**
   * Reads it from a file, ignoring a trailing newline.
   *
   * @throws IOException if the file cannot be read, or is too short
   */
  public static Secret read(Path file) throws IOException {
    byte[] all = Files.readAllBytes(file);
    int length = all.length;
    while (length > 0 && (all[length - 1] == '\n' || all[length - 1] == '\r')) {
      length--;
    }
    try {
      return new Secret(Arrays.copyOf(all, length));
    } catch (IllegalArgumentException tooShort) {
      throw new IOException(tooShort.getMessage(), tooShort);
    }
  }

  /** Returns the authentication code of some bytes. */
  byte[] proof(String purpose, byte[]... of) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(bytes, ALGORITHM));
      mac.update(purpose.getBytes(StandardCharsets.UTF_8));
      for (byte[] each : of) {
        mac.update(each);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Returns the name of the members' cluster, which does not reveal the secret. */
  String clusterName() {
    return "nommu-" + HexFormat.of().formatHex(proof("cluster name"));
  }
}
