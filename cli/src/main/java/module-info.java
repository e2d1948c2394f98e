/** The command {@code nommu}. */
module dev.nommu.cli {
  requires com.google.common.jimfs;
  requires com.google.gson;
  requires dev.nommu.api;
  requires dev.nommu.campaign;
  requires dev.nommu.chardevfb;
  requires dev.nommu.cramfs;
  requires dev.nommu.devicetree;
  requires dev.nommu.image;
  requires dev.nommu.kernel;
  requires dev.nommu.mtd;
  requires dev.nommu.riscvlinux;
  requires dev.nommu.romfs;
  requires dev.nommu.scenario;
  requires dev.nommu.tck;
  requires info.picocli;
  requires java.desktop;
  requires jdk.unsupported;
  requires org.apache.commons.io;
  requires static org.jspecify;

  opens dev.nommu.cli to
      info.picocli;
  opens dev.nommu.cli.board to
      info.picocli;
  opens dev.nommu.cli.campaign to
      com.google.gson,
      info.picocli;
  opens dev.nommu.cli.check to
      info.picocli;
  opens dev.nommu.cli.explain to
      info.picocli;
  opens dev.nommu.cli.fit to
      info.picocli;
  opens dev.nommu.cli.image to
      info.picocli;
  opens dev.nommu.cli.matrix to
      info.picocli;
  opens dev.nommu.cli.option to
      info.picocli;
  opens dev.nommu.cli.plugin to
      info.picocli;
  opens dev.nommu.cli.program to
      info.picocli;
  opens dev.nommu.cli.rules to
      info.picocli;
  opens dev.nommu.cli.run to
      info.picocli;
  opens dev.nommu.cli.screen to
      info.picocli;
  opens dev.nommu.cli.vectors to
      info.picocli;
}
