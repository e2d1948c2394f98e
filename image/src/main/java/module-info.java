/** The parts that formats of file system images share: bytes, findings, output, trees. */
module dev.nommu.image {
  requires transitive dev.nommu.api;
  requires static org.jspecify;

  exports dev.nommu.image;
}
