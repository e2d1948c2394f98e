package dev.nommu.kernel.mm;

import dev.nommu.api.AddressRange;
import dev.nommu.api.FileKind;
import dev.nommu.api.MapRequest;
import dev.nommu.kernel.mmap.MmapArguments;
import dev.nommu.kernel.mmap.RegionKind;
import dev.nommu.kernel.mmap.Trail;

/**
 * A request for a mapping of a file that passed validation.
 *
 * @param caller the calling process
 * @param file the file to map
 * @param kind the kind of the file
 * @param inPlace the flags of a mapping in place
 * @param request the request
 * @param trail records the reasons
 */
record MapCall(
    Caller caller,
    FileHandle file,
    FileKind kind,
    VmFlags inPlace,
    MmapArguments request,
    Trail trail) {
  /** Returns the request as its driver sees it. */
  MapRequest forDriver() {
    return MapRequest.of(
        request.byteOffset(), request.alignedLength(), request.protections(), request.sharing());
  }

  /** Returns the addresses of a mapping that begins at this address. */
  AddressRange rangeAt(long address) {
    return new AddressRange(address, request.alignedLength());
  }

  /** Returns the flags of a mapping on a region. */
  VmFlags flags(Region region) {
    return region.kind() == RegionKind.STORE ? inPlace : VmFlags.copy(request);
  }
}
