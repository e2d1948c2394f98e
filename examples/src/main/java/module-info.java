/** The examples of the README. */
module dev.nommu.examples {
  requires transitive dev.nommu.api;
  requires static org.jspecify;

  exports dev.nommu.examples;

  provides dev.nommu.api.DeviceDriver with
      dev.nommu.examples.ArrayDiskDriver,
      dev.nommu.examples.ButtonDriver,
      dev.nommu.examples.GreetingDriver,
      dev.nommu.examples.SensorDriver,
      dev.nommu.examples.ThermometerDriver,
      dev.nommu.examples.UartDriver;
  provides dev.nommu.api.FileSystemType with
      dev.nommu.examples.ZipType;
}
