/** The parts shared by the formats of file system images: bytes, findings, output, trees. */
module dev.nommu.image {
  requires transitive dev.nommu.api;
  requires static org.jspecify;

  exports dev.nommu.image;
}
