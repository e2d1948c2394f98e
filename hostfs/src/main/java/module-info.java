/** A directory of the host, or of any {@link java.nio.file.FileSystem}, as ordinary files. */
module dev.nommu.hostfs {
  requires transitive dev.nommu.api;
  requires static org.jspecify;

  exports dev.nommu.hostfs;

  provides dev.nommu.api.FileSystemType with
      dev.nommu.hostfs.HostfsType;
}
