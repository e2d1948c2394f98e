package dev.nommu.nio;

import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Attributes by their names: {@code posix:permissions}, {@code unix:ino,nlink}, {@code *}.
 *
 * @param view the name of the view
 * @param names the attributes of the view
 */
record NamedAttributes(String view, List<String> names) {
  private static final Map<String, Function<NommuFileAttributes, Object>> BASIC =
      ordered(
          entry("lastModifiedTime", NommuFileAttributes::lastModifiedTime),
          entry("lastAccessTime", NommuFileAttributes::lastAccessTime),
          entry("creationTime", NommuFileAttributes::creationTime),
          entry("size", NommuFileAttributes::size),
          entry("isRegularFile", NommuFileAttributes::isRegularFile),
          entry("isDirectory", NommuFileAttributes::isDirectory),
          entry("isSymbolicLink", NommuFileAttributes::isSymbolicLink),
          entry("isOther", NommuFileAttributes::isOther),
          entry("fileKey", NommuFileAttributes::fileKey));

  private static final Map<String, Function<NommuFileAttributes, Object>> OWNER =
      ordered(entry("owner", NommuFileAttributes::owner));

  private static final Map<String, Function<NommuFileAttributes, Object>> POSIX =
      and(
          BASIC,
          entry("permissions", NommuFileAttributes::permissions),
          entry("owner", NommuFileAttributes::owner),
          entry("group", NommuFileAttributes::group));

  private static final Map<String, Function<NommuFileAttributes, Object>> UNIX =
      and(
          POSIX,
          entry("mode", file -> file.status().mode()),
          entry("ino", file -> file.status().inode()),
          entry("dev", NommuFileAttributes::device),
          entry("rdev", NommuFileAttributes::special),
          entry("nlink", file -> file.status().attributes().links()),
          entry("uid", file -> file.status().attributes().owner().uid()),
          entry("gid", file -> file.status().attributes().owner().gid()),
          entry("ctime", NommuFileAttributes::changedTime));

  private static final Map<String, Map<String, Function<NommuFileAttributes, Object>>> VIEWS =
      Map.of("basic", BASIC, "owner", OWNER, "posix", POSIX, "unix", UNIX);

  /** Returns the names of the views. */
  static Set<String> views() {
    return VIEWS.keySet();
  }

  private static Map.Entry<String, Function<NommuFileAttributes, Object>> entry(
      String name, Function<NommuFileAttributes, Object> value) {
    return Map.entry(name, value);
  }

  @SafeVarargs
  private static Map<String, Function<NommuFileAttributes, Object>> ordered(
      Map.Entry<String, Function<NommuFileAttributes, Object>>... entries) {
    return and(Map.of(), entries);
  }

  @SafeVarargs
  private static Map<String, Function<NommuFileAttributes, Object>> and(
      Map<String, Function<NommuFileAttributes, Object>> others,
      Map.Entry<String, Function<NommuFileAttributes, Object>>... entries) {
    Map<String, Function<NommuFileAttributes, Object>> all = new LinkedHashMap<>(others);
    for (Map.Entry<String, Function<NommuFileAttributes, Object>> each : entries) {
      all.put(each.getKey(), each.getValue());
    }
    return all;
  }

  /**
   * Returns the attributes requested by a text: {@code [VIEW:]NAME,NAME} or {@code [VIEW:]*}.
   *
   * @throws UnsupportedOperationException for an unknown view
   * @throws IllegalArgumentException for an attribute that the view does not have, or none
   */
  static NamedAttributes parse(String text) {
    int colon = text.indexOf(':');
    String view = colon < 0 ? "basic" : text.substring(0, colon);
    Map<String, Function<NommuFileAttributes, Object>> known = VIEWS.get(view);
    if (known == null) {
      throw new UnsupportedOperationException(
          "view '%s': expected one of %s".formatted(view, VIEWS.keySet()));
    }
    List<String> names = List.of(text.substring(colon + 1).split(",", -1));
    for (String name : names) {
      if (!name.equals("*") && !known.containsKey(name)) {
        throw new IllegalArgumentException(
            "attribute '%s': expected some of %s".formatted(name, known.keySet()));
      }
    }
    return new NamedAttributes(view, names);
  }

  /** Returns their values. */
  Map<String, Object> of(NommuFileAttributes file) {
    Map<String, Object> values = new LinkedHashMap<>();
    VIEWS
        .getOrDefault(view, Map.of())
        .forEach((name, value) -> {
          if (names.contains("*") || names.contains(name)) {
            values.put(name, value.apply(file));
          }
        });
    return values;
  }

  /**
   * Sets the named attribute.
   *
   * @throws IllegalArgumentException if it cannot be set
   * @throws ClassCastException if the value is of another type
   */
  void set(FileAttributes file, @Nullable Object value) throws IOException {
    switch (only()) {
      case "lastModifiedTime" -> file.setTimes((FileTime) value, null, null);
      case "lastAccessTime" -> file.setTimes(null, (FileTime) value, null);
      case "creationTime" -> file.setTimes(null, null, (FileTime) value);
      case "permissions" -> file.setPermissions(permissions(required(value)));
      case "owner" -> file.setOwner((UserPrincipal) required(value));
      case "group" -> file.setGroup((GroupPrincipal) required(value));
      case "mode" -> file.setMode((Integer) required(value));
      case "uid" -> file.setOwner((Integer) required(value), -1);
      case "gid" -> file.setOwner(-1, (Integer) required(value));
      default ->
          throw new IllegalArgumentException(
              "attribute '%s:%s' cannot be set".formatted(view, only()));
    }
  }

  private static Object required(@Nullable Object value) {
    return Optional.ofNullable(value).orElseThrow(() -> new NullPointerException("a value"));
  }

  @SuppressWarnings("unchecked")
  private static Set<PosixFilePermission> permissions(Object value) {
    return (Set<PosixFilePermission>) value;
  }

  private String only() {
    if (names.size() != 1) {
      throw new IllegalArgumentException("expected one attribute, found " + names);
    }
    return names.getFirst();
  }
}
