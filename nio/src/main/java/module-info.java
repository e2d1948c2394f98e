/**
 * The files of a machine for {@code java.nio.file}: see {@link dev.nommu.nio.NommuFileSystem}. Its
 * file channels map.
 */
module dev.nommu.nio {
  requires transitive dev.nommu.api;
  requires transitive dev.nommu.kernel;
  requires static org.jspecify;

  exports dev.nommu.nio;

  uses java.nio.file.spi.FileSystemProvider;

  provides java.nio.file.spi.FileSystemProvider with
      dev.nommu.nio.NommuFileSystemProvider;
}
