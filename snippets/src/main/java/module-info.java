/** The code that README and docs quote. */
module dev.nommu.snippets {
  requires transitive dev.nommu.api;
  requires transitive dev.nommu.devicetree;
  requires static org.jspecify;

  exports dev.nommu.snippets;

  provides dev.nommu.api.DeviceDriver with
      dev.nommu.snippets.ButtonDriver,
      dev.nommu.snippets.GreetingDriver,
      dev.nommu.snippets.ThermometerDriver,
      dev.nommu.snippets.UartDriver;
}
