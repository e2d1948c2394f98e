/**
 * ramfs and tmpfs: file systems whose files are pages of the machine's RAM and can be mapped in
 * place.
 */
module dev.nommu.ramfs {
  requires transitive dev.nommu.api;
  requires static org.jspecify;

  exports dev.nommu.ramfs;

  provides dev.nommu.api.FileSystemType with
      dev.nommu.ramfs.RamfsType,
      dev.nommu.ramfs.TmpfsType;
}
