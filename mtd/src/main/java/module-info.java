/**
 * Memory technology devices: RAM, ROM and NOR flash as in Linux's MTD layer, whole or in
 * partitions, with their character and block devices.
 */
module dev.nommu.mtd {
  requires transitive dev.nommu.api;
  requires static org.jspecify;

  exports dev.nommu.mtd;
  exports dev.nommu.mtd.power;

  uses dev.nommu.mtd.MtdPartParser;

  provides dev.nommu.api.DeviceDriver with
      dev.nommu.mtd.MtdDriver;
  provides dev.nommu.api.UapiHeader with
      dev.nommu.mtd.MtdHeader;
}
