package dev.nommu.tck.interpose;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.Objects;
import java.util.Set;
import java.util.stream.StreamSupport;

/** A file system of the host whose paths are those of a view. */
final class HostFiles extends FileSystem {
  private final HostView view;
  private final HostProvider provider;
  private final FileSystem host;

  HostFiles(HostView view, HostProvider provider, FileSystem host) {
    this.view = view;
    this.provider = provider;
    this.host = host;
  }

  @Override
  public FileSystemProvider provider() {
    return provider;
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException("close");
  }

  @Override
  public boolean isOpen() {
    return host.isOpen();
  }

  @Override
  public boolean isReadOnly() {
    return host.isReadOnly();
  }

  @Override
  public String getSeparator() {
    return host.getSeparator();
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    return StreamSupport.stream(host.getRootDirectories().spliterator(), false)
        .map(root -> (Path) view.seen(root))
        .toList();
  }

  @Override
  public Iterable<FileStore> getFileStores() {
    return host.getFileStores();
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    return host.supportedFileAttributeViews();
  }

  @Override
  public Path getPath(String first, String... more) {
    return (Path) view.seen(host.getPath(first, more));
  }

  @Override
  public PathMatcher getPathMatcher(String pattern) {
    PathMatcher matcher = host.getPathMatcher(pattern);
    return path -> matcher.matches((Path) Objects.requireNonNull(HostView.own(path)));
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    return host.getUserPrincipalLookupService();
  }

  @Override
  public WatchService newWatchService() throws IOException {
    return host.newWatchService();
  }
}
