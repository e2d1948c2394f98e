package dev.nommu.nio;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The form of the URIs: {@code nommu://NAME/PATH}, or {@code nommu:NAME} for a file system. */
final class NommuUri {
  /** What a URI of this provider begins with. */
  static final String SCHEME = "nommu";

  private NommuUri() {}

  /** Returns the URI of a file. */
  static URI of(String fileSystem, String path) {
    return URI.create(SCHEME + "://" + encoded(fileSystem) + encoded(path).replace("%2F", "/"));
  }

  /** As UTF-8, not normalized: URI would compose letters and their accents. */
  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
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
    return Optional.ofNullable(uri.getPath())
        .filter(path -> !path.isEmpty())
        .orElseThrow(() -> wrong(uri));
  }

  private static IllegalArgumentException wrong(URI uri) {
    return new IllegalArgumentException(
        "expected nommu:NAME for a file system or nommu://NAME/PATH for a file, found " + uri);
  }
}
