package dev.nommu.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.junit.jupiter.api.Test;

/** Lucene keeps an index, and reads it through mappings. */
final class LuceneTest {
  private static final int CHUNK = 1 << 20;

  /** A chunk has to fit into the largest block: what was written in pieces is mapped as a copy. */
  @Test
  void index_isWrittenAndSearchedThroughMMapDirectory() throws IOException {
    InMemory options = InMemory.OF_64_MIB.withLargestBlock(CHUNK);
    try (NommuFileSystem files = NommuFileSystem.inMemory(options);
        Directory directory =
            new MMapDirectory(Files.createDirectory(files.getPath("/index")), CHUNK)) {
      try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
        for (int i = 0; i < 5_000; i++) {
          Document document = new Document();
          document.add(new StringField("parity", i % 2 == 0 ? "even" : "odd", Field.Store.NO));
          document.add(new StoredField("text", "the number " + i));
          writer.addDocument(document);
        }
        writer.forceMerge(1);
      }
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        IndexSearcher searcher = new IndexSearcher(reader);
        TopDocs found = searcher.search(new TermQuery(new Term("parity", "odd")), 10_000);
        assertEquals(2_500, found.totalHits.value());
        int last = found.scoreDocs[2_499].doc;
        assertEquals("the number 4999", searcher.storedFields().document(last).get("text"));
      }
    }
  }
}
