/**
 * The romfs image format (reader, writer, checker) and the file system on it.
 *
 * <p>{@link dev.nommu.romfs.RomfsImage} reads the format without a kernel; {@link
 * dev.nommu.romfs.RomfsType} is the plugin.
 */
module dev.nommu.romfs {
  requires transitive dev.nommu.api;
  requires transitive dev.nommu.image;
  requires static org.jspecify;

  exports dev.nommu.romfs;

  provides dev.nommu.api.FileSystemType with
      dev.nommu.romfs.RomfsType;
}
