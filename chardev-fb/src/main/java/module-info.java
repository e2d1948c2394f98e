/**
 * The memory devices {@code /dev/null}, {@code zero}, {@code full}, {@code mem} and {@code random}.
 */
module dev.nommu.chardevfb {
  requires dev.nommu.api;
  requires static org.jspecify;

  exports dev.nommu.chardevfb;

  provides dev.nommu.api.DeviceDriver with
      dev.nommu.chardevfb.MemoryDevices;
}
