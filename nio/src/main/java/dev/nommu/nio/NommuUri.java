package dev.nommu.nio;

import dev.nommu.api.FileNames;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The form of the URIs: {@code nommu://NAME/PATH}, or {@code nommu:NAME} for a file system. */
final class NommuUri {
  /** The scheme of the URIs of this provider. */
  static final String SCHEME = "nommu";

  private NommuUri() {}

  /** Returns the URI of a file. */
  static URI of(String fileSystem, String path) {
    return URI.create(SCHEME + "://" + encoded(fileSystem) + encoded(path).replace("%2F", "/"));
  }

  /** Its bytes, not normalized: URI would compose accented letters. */
  private static String encoded(String text) {
    String bytes = new String(FileNames.encode(text), StandardCharsets.ISO_8859_1);
    return URLEncoder.encode(bytes, StandardCharsets.ISO_8859_1).replace("+", "%20");
  }

  /** Letters other than ASCII may stand in a URI as they are. */
  private static String decoded(String encoded) {
    String utf8 = new String(encoded.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    String bytes = URLDecoder.decode(utf8.replace("+", "%2B"), StandardCharsets.ISO_8859_1);
    return FileNames.decode(bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  /**
   * Returns the name of the file system.
   *
   * @throws IllegalArgumentException if it is not a URI of this provider
   */
  static String fileSystem(URI uri) {
    if (!SCHEME.equalsIgnoreCase(uri.getScheme())) {
      throw wrong(uri);
    }
    return Optional.ofNullable(uri.isOpaque() ? uri.getSchemeSpecificPart() : uri.getAuthority())
        .filter(name -> !name.isEmpty())
        .orElseThrow(() -> wrong(uri));
  }

  /**
   * Returns the path of a file.
   *
   * @throws IllegalArgumentException if it is not a URI of this provider with a path
   */
  static String path(URI uri) {
    return Optional.ofNullable(uri.getRawPath())
        .filter(path -> !path.isEmpty())
        .map(NommuUri::decoded)
        .orElseThrow(() -> wrong(uri));
  }

  private static IllegalArgumentException wrong(URI uri) {
    return new IllegalArgumentException(
        "expected nommu:NAME for a file system or nommu://NAME/PATH for a file, found " + uri);
  }
}
