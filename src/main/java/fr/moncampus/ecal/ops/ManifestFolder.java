package fr.moncampus.ecal.ops;

import fr.moncampus.ecal.memory.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** A folder of manifests, readable by its owner only: passwords are in it. */
final class ManifestFolder {
    private static final String MARK = "# Généré par ./manage.sh generate-k8s : ne le modifiez pas.\n";

    private final Path folder;

    ManifestFolder(Path folder) {
        this.folder = folder;
    }

    /** In place of what was generated there before. */
    void write(Map<String, List<Map<String, Object>>> files) throws IOException {
        PrivateFile.makeFolder(folder);
        try (Stream<Path> present = Files.list(folder)) {
            for (Path file : present.toList()) {
                if (!isOurs(file)) {
                    throw new WrongSettingException(file + " n'a pas été généré : videz le dossier " + folder
                            + ", ou donnez-en un autre (--output).");
                }
                Files.delete(file);
            }
        }
        for (Map.Entry<String, List<Map<String, Object>>> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            PrivateFile.make(path);
            Files.writeString(path, text(file.getValue()));
        }
    }

    private static boolean isOurs(Path file) throws IOException {
        return Files.isRegularFile(file) && Files.readString(file).startsWith(MARK);
    }

    static String text(List<Map<String, Object>> objects) {
        Dump dump = new Dump(DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setExplicitStart(true)
                .setSplitLines(false)
                .build());
        return MARK + dump.dumpAllToString(objects.iterator());
    }
}
