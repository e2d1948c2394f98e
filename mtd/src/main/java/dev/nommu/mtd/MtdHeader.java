package dev.nommu.mtd;

import static dev.nommu.api.IoctlCommand.exchanging;
import static dev.nommu.api.IoctlCommand.named;
import static dev.nommu.api.IoctlCommand.reading;

import dev.nommu.api.IoctlArgument;
import dev.nommu.api.IoctlArgument.Field;
import dev.nommu.api.IoctlArgument.Notation;
import dev.nommu.api.IoctlArgument.Structure;
import dev.nommu.api.IoctlCommand;
import dev.nommu.api.UapiHeader;
import java.util.List;
import java.util.Map;

/** The ioctls of MTD character devices by name, including those that no device here supports. */
public final class MtdHeader implements UapiHeader {
  private static final Structure MTD_INFO_USER =
      Structure.of(
          32,
          new Field("type", 0, Byte.BYTES, Notation.UNSIGNED),
          Field.x32("flags", 4),
          Field.u32("size", 8),
          Field.u32("erasesize", 12),
          Field.u32("writesize", 16));
  private static final Structure REGION_INFO_USER =
      Structure.of(
          16,
          Field.x32("offset", 0),
          Field.u32("erasesize", 4),
          Field.u32("numblocks", 8),
          Field.u32("regionindex", 12));
  private static final Structure MTD_ECC_STATS =
      Structure.of(
          16,
          Field.u32("corrected", 0),
          Field.u32("failed", 4),
          Field.u32("badblocks", 8),
          Field.u32("bbtblocks", 12));

  /** Creates the header. */
  public MtdHeader() {}

  @Override
  public String name() {
    return "mtd/mtd-abi.h";
  }

  @Override
  public Map<String, Long> constants() {
    return Map.of(
        "MTD_FILE_MODE_NORMAL", 0L,
        "MTD_FILE_MODE_OTP_FACTORY", 1L,
        "MTD_FILE_MODE_OTP_USER", 2L,
        "MTD_FILE_MODE_RAW", 3L,
        "MTD_OTP_OFF", 0L,
        "MTD_OTP_FACTORY", 1L,
        "MTD_OTP_USER", 2L);
  }

  @Override
  public List<IoctlCommand> ioctls() {
    return List.of(
        reading("MEMGETINFO", 0x80204d01, MTD_INFO_USER),
        named("MEMERASE", 0x40084d02),
        named("MEMWRITEOOB", 0xc0104d03),
        named("MEMREADOOB", 0xc0104d04),
        named("MEMLOCK", 0x40084d05),
        named("MEMUNLOCK", 0x40084d06),
        reading("MEMGETREGIONCOUNT", 0x80044d07, IoctlArgument.INT),
        exchanging("MEMGETREGIONINFO", 0xc0104d08, REGION_INFO_USER),
        named("MEMGETOOBSEL", 0x80c84d0a),
        named("MEMGETBADBLOCK", 0x40084d0b),
        named("MEMSETBADBLOCK", 0x40084d0c),
        named("OTPSELECT", 0x80044d0d),
        named("OTPGETREGIONCOUNT", 0x40044d0e),
        named("OTPGETREGIONINFO", 0x400c4d0f),
        named("OTPLOCK", 0x800c4d10),
        named("ECCGETLAYOUT", 0x81484d11),
        reading("ECCGETSTATS", 0x80104d12, MTD_ECC_STATS),
        named("MTDFILEMODE", 0x4d13),
        named("MEMERASE64", 0x40104d14),
        named("MEMWRITEOOB64", 0xc0184d15),
        named("MEMREADOOB64", 0xc0184d16),
        named("MEMISLOCKED", 0x80084d17),
        named("MEMWRITE", 0xc0304d18),
        named("OTPERASE", 0x400c4d19),
        named("MEMREAD", 0xc0404d1a));
  }
}
