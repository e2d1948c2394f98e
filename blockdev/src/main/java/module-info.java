/** Block devices: ramdisks, plain or contiguous, and virtio disks. */
module dev.nommu.blockdev {
  requires transitive dev.nommu.api;
  requires static org.jspecify;

  exports dev.nommu.blockdev;

  provides dev.nommu.api.DeviceDriver with
      dev.nommu.blockdev.RamDiskDriver,
      dev.nommu.blockdev.VirtioBlockDriver;
}
