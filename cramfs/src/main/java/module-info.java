/**
 * The cramfs image format (reader, writer, checker) and the file system on it.
 *
 * <p>{@link dev.nommu.cramfs.CramfsImage} reads the format without a kernel; {@link
 * dev.nommu.cramfs.CramfsType} is the plugin.
 */
module dev.nommu.cramfs {
  requires transitive dev.nommu.api;
  requires transitive dev.nommu.image;
  requires static org.jspecify;

  exports dev.nommu.cramfs;

  provides dev.nommu.api.FileSystemType with
      dev.nommu.cramfs.CramfsType;
}
