package dev.nommu.kernel.device;

import static dev.nommu.api.IoctlCommand.named;
import static dev.nommu.api.IoctlCommand.reading;

import dev.nommu.api.IoctlArgument;
import dev.nommu.api.IoctlArgument.Notation;
import dev.nommu.api.IoctlArgument.Whole;
import dev.nommu.api.IoctlCommand;
import dev.nommu.api.UapiHeader;
import java.util.List;
import java.util.Map;

/** The ioctls of block devices and of files by name, including those not implemented here. */
public final class FsHeader implements UapiHeader {
  private static final IoctlArgument FLAGS = new Whole(Integer.BYTES, Notation.HEXADECIMAL);

  /** Creates the header. */
  public FsHeader() {}

  @Override
  public String name() {
    return "linux/fs.h";
  }

  @Override
  public Map<String, Long> constants() {
    return Map.of("FS_IMMUTABLE_FL", 0x10L, "FS_APPEND_FL", 0x20L);
  }

  @Override
  public List<IoctlCommand> ioctls() {
    return List.of(
        named("BLKROSET", 0x125d),
        reading("BLKROGET", 0x125e, IoctlArgument.INT),
        named("BLKRRPART", 0x125f),
        reading("BLKGETSIZE", 0x1260, IoctlArgument.LONG),
        named("BLKFLSBUF", 0x1261),
        named("BLKRASET", 0x1262),
        reading("BLKRAGET", 0x1263, IoctlArgument.LONG),
        named("BLKFRASET", 0x1264),
        named("BLKFRAGET", 0x1265),
        named("BLKSECTSET", 0x1266),
        named("BLKSECTGET", 0x1267),
        reading("BLKSSZGET", 0x1268, IoctlArgument.INT),
        reading("BLKBSZGET", 0x80081270, IoctlArgument.INT),
        named("BLKBSZSET", 0x40081271),
        reading("BLKGETSIZE64", 0x80081272, IoctlArgument.LONG),
        named("BLKDISCARD", 0x1277),
        reading("BLKIOMIN", 0x1278, IoctlArgument.UNSIGNED_INT),
        reading("BLKIOOPT", 0x1279, IoctlArgument.UNSIGNED_INT),
        named("BLKALIGNOFF", 0x127a),
        reading("BLKPBSZGET", 0x127b, IoctlArgument.UNSIGNED_INT),
        named("BLKDISCARDZEROES", 0x127c),
        named("BLKSECDISCARD", 0x127d),
        named("BLKROTATIONAL", 0x127e),
        named("BLKZEROOUT", 0x127f),
        named("BLKGETDISKSEQ", 0x80081280),
        named("FIBMAP", 0x1),
        reading("FIGETBSZ", 0x2, IoctlArgument.INT),
        reading("FS_IOC_GETFLAGS", 0x80086601, FLAGS),
        named("FS_IOC_SETFLAGS", 0x40086602));
  }
}
